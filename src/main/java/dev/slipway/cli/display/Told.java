package dev.slipway.cli.display;

import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.protocol.Severity;
import java.util.ArrayList;
import java.util.List;

/** What a run has to tell at its end. A warning of what then failed is left to the error that repeats it. */
final class Told {
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    void add(EngineEvent.Told event) {
        Diagnostic said = event.diagnostic();
        if (said.severity() == Severity.ERROR) {
            diagnostics.removeIf(earlier -> isRepeatedBy(said, earlier));
        }
        if (said.severity() != Severity.DEBUG) {
            diagnostics.add(said);
        }
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    private static boolean isRepeatedBy(Diagnostic error, Diagnostic earlier) {
        return earlier.severity() == Severity.WARNING
                && earlier.urn().equals(error.urn())
                && earlier.detail().isEmpty()
                && error.detail().contains(earlier.summary());
    }
}
