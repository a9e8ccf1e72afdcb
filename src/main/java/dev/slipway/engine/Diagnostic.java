package dev.slipway.engine;

import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.util.Optional;

/** Something to tell a person: {@code summary} is a title, {@code detail} (may be empty) says cause and remedy. Holds no secret. */
public record Diagnostic(Severity severity, Optional<Urn> urn, String summary, String detail) {
    static Diagnostic error(Urn urn, String summary, String detail) {
        return new Diagnostic(Severity.ERROR, Optional.of(urn), summary, detail);
    }

    static Diagnostic warning(Urn urn, String summary, String detail) {
        return new Diagnostic(Severity.WARNING, Optional.of(urn), summary, detail);
    }
}
