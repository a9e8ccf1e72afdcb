package dev.slipway.engine.program;

import com.pulumi.exceptions.RunException;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.runner.ProgramFailures;
import dev.slipway.runner.ProgramFailures.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** What went wrong in a run, as the engine wants to know it. */
final class Failures {
    private final ProgramFailures failures;
    private final int loggedErrors;

    private Failures(ProgramFailures failures, int loggedErrors) {
        this.failures = failures;
        this.loggedErrors = loggedErrors;
    }

    /** @param loggedErrors how many errors the program logged without failing */
    static Failures of(List<Exception> exceptions, int loggedErrors) {
        return new Failures(ProgramFailures.of(exceptions, RegistrationFailed.class::isInstance), loggedErrors);
    }

    /** @throws ProgramFailed with the program's own failures; with a cause of {@link RegistrationFailed} when it has none */
    void throwIfAny() throws ProgramFailed {
        if (!failures.own().isEmpty()) {
            String reasons = failures.own().stream().map(Failure::reason).collect(Collectors.joining("\n"));
            throw new ProgramFailed(reasons, failures.own().get(0).exception());
        }
        if (!failures.told().isEmpty()) {
            throw new ProgramFailed(
                    "the program ended early, because a resource failed",
                    failures.told().get(0));
        }
        if (loggedErrors > 0) {
            throw new ProgramFailed(
                    "the program logged " + (loggedErrors == 1 ? "an error" : loggedErrors + " errors"));
        }
    }

    /** The program asks for something that Pulumi has and this engine has not. */
    static final class UnsupportedByEngine extends RunException {
        private static final long serialVersionUID = 1L;

        UnsupportedByEngine(String what) {
            super(what + " is not supported by Slipway's embedded engine; run the program with `pulumi up`");
        }
    }
}
