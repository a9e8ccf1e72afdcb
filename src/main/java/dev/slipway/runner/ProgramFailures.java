package dev.slipway.runner;

import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.exceptions.ResourceException;
import com.pulumi.exceptions.RunException;
import com.pulumi.serialization.internal.PropertiesSerializer.SerializationException;
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
import java.util.function.Predicate;

/**
 * What went wrong in a run. One failed resource fails every value that came from it, so the same failure arrives many
 * times; here each is told once, in the program's own words.
 */
public final class ProgramFailures {
    private static final String OWN = ProgramFailures.class.getPackageName() + ".";

    private final Map<String, Failure> own = new LinkedHashMap<>();
    private final List<Throwable> told = new ArrayList<>();
    private final Predicate<Throwable> engineHasTold;

    /**
     * A failure of the program's own.
     *
     * @param reason for a person, in one or few lines
     * @param worded whether the reason stands in its author's words, rather than as an exception's name, message and place
     */
    public record Failure(String reason, boolean worded, Throwable exception) {}

    private ProgramFailures(Predicate<Throwable> engineHasTold) {
        this.engineHasTold = engineHasTold;
    }

    /** @param engineHasTold whether the engine itself has said what an exception says: one that stands in the chain of causes of what arrived */
    public static ProgramFailures of(List<Exception> exceptions, Predicate<Throwable> engineHasTold) {
        var failures = new ProgramFailures(engineHasTold);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Exception exception : exceptions) {
            Throwable failure = unwrap(exception);
            if (seen.add(failure)) {
                failures.add(failure);
            }
        }
        return failures;
    }

    /** The program's own failures, in the order in which they came. */
    public List<Failure> own() {
        return List.copyOf(own.values());
    }

    /** What the engine has told, in the order in which it came. */
    public List<Throwable> told() {
        return Collections.unmodifiableList(told);
    }

    private void add(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (engineHasTold.test(cause)) {
                told.add(cause);
                return;
            }
        }
        Failure described = describe(failure);
        own.putIfAbsent(described.reason(), described);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** A mistake that was written for a person stands as it is; another exception says what it is and where it came from. */
    private static Failure describe(Throwable failure) {
        String message = failure.getMessage();
        boolean forPeople = failure instanceof RunException
                || failure instanceof ResourceException
                || failure instanceof MissingRequiredPropertyException
                || failure instanceof SerializationException;
        if (forPeople && message != null) {
            return new Failure(message, true, failure);
        }
        String what = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        String where = place(failure).map(at -> " (at " + at + ")").orElse("");
        return new Failure(what + where, false, failure);
    }

    /** The first line of the program's own code in the stack trace. */
    private static Optional<String> place(Throwable failure) {
        for (StackTraceElement line : failure.getStackTrace()) {
            String type = line.getClassName();
            boolean library = type.startsWith("java.")
                    || type.startsWith("jdk.")
                    || type.startsWith("io.grpc.")
                    || type.startsWith("com.pulumi.")
                    || type.startsWith("com.google.")
                    || type.startsWith(OWN);
            if (!library) {
                return Optional.of(
                        type + "." + line.getMethodName() + ", " + line.getFileName() + ":" + line.getLineNumber());
            }
        }
        return Optional.empty();
    }
}
