package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.StackName;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.time.InstantSource;
import java.util.Optional;

/** What all parts of one run share. */
record Run(Request request, Ledger ledger, Events events, InstantSource clock, Seeds seeds) {
    boolean preview() {
        return request.preview();
    }

    StackName stack() {
        return request.stack();
    }

    Urn urn(String parentQualifiedType, String type, String name) {
        return Urn.of(stack().stack(), stack().project(), parentQualifiedType, type, name);
    }

    boolean cancelled() {
        return request.cancellation().cancelled();
    }

    /** Tells a failure of one resource and returns what to throw. */
    StepFailure fail(Urn urn, String summary, String detail) {
        events.tell(Diagnostic.error(urn, summary, detail));
        return new StepFailure(summary);
    }

    void note(String summary, String detail) {
        events.tell(new Diagnostic(Severity.INFO, Optional.empty(), summary, detail));
    }
}
