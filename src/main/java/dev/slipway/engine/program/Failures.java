package dev.slipway.engine.program;

import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.exceptions.ResourceException;
import com.pulumi.exceptions.RunException;
import com.pulumi.serialization.internal.PropertiesSerializer.SerializationException;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What went wrong in a run. One failed resource fails every value that came from it, so the same failure arrives many
 * times; here each is told once, in the program's own words.
 */
final class Failures {
    private final Map<String, Throwable> own = new LinkedHashMap<>();
    private final List<RegistrationFailed> registrations = new ArrayList<>();
    private final int loggedErrors;

    private Failures(int loggedErrors) {
        this.loggedErrors = loggedErrors;
    }

    /** @param loggedErrors how many errors the program logged without failing */
    static Failures of(List<Exception> exceptions, int loggedErrors) {
        var failures = new Failures(loggedErrors);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Exception exception : exceptions) {
            Throwable failure = unwrap(exception);
            if (seen.add(failure)) {
                failures.add(failure);
            }
        }
        return failures;
    }

    private void add(Throwable failure) {
        Optional<RegistrationFailed> registration = registrationFailed(failure);
        if (registration.isPresent()) {
            registrations.add(registration.get());
        } else {
            own.putIfAbsent(describe(failure), failure);
        }
    }

    /** @throws ProgramFailed with the program's own failures; with a cause of {@link RegistrationFailed} when it has none */
    void throwIfAny() throws ProgramFailed {
        if (!own.isEmpty()) {
            Throwable first = own.values().iterator().next();
            throw new ProgramFailed(String.join("\n", own.keySet()), first);
        }
        if (!registrations.isEmpty()) {
            throw new ProgramFailed("the program ended early, because a resource failed", registrations.get(0));
        }
        if (loggedErrors > 0) {
            throw new ProgramFailed(
                    "the program logged " + (loggedErrors == 1 ? "an error" : loggedErrors + " errors"));
        }
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static Optional<RegistrationFailed> registrationFailed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistrationFailed registration) {
                return Optional.of(registration);
            }
        }
        return Optional.empty();
    }

    /** A mistake that was written for a person stands as it is; another exception says what it is and where it came from. */
    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        boolean forPeople = failure instanceof RunException
                || failure instanceof ResourceException
                || failure instanceof MissingRequiredPropertyException
                || failure instanceof SerializationException
                || failure instanceof UnsupportedByEngine;
        if (forPeople && message != null) {
            return message;
        }
        String what = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return "the program failed: " + what
                + place(failure).map(at -> " (at " + at + ")").orElse("");
    }

    /** The first line of the program's own code in the stack trace. */
    private static Optional<String> place(Throwable failure) {
        for (StackTraceElement line : failure.getStackTrace()) {
            String type = line.getClassName();
            boolean library = type.startsWith("java.")
                    || type.startsWith("jdk.")
                    || type.startsWith("com.pulumi.")
                    || type.startsWith("com.google.");
            if (!library) {
                return Optional.of(
                        type + "." + line.getMethodName() + ", " + line.getFileName() + ":" + line.getLineNumber());
            }
        }
        return Optional.empty();
    }

    /** The program asks for something that Pulumi has and this engine has not. */
    static final class UnsupportedByEngine extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsupportedByEngine(String what) {
            super(what + " is not supported by Slipway's embedded engine; run the program with `pulumi up`");
        }
    }
}
