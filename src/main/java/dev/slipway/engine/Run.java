package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.StackName;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What all parts of one run share. */
record Run(Request request, Ledger ledger, Events events, InstantSource clock, Seeds seeds, Scope scope) {
    boolean preview() {
        return request.preview();
    }

    StackName stack() {
        return request.stack();
    }

    Urn urn(String parentQualifiedType, String type, String name) {
        return Urn.of(stack().stack(), stack().project(), parentQualifiedType, type, name);
    }

    boolean continueOnError() {
        return request.options().continueOnError();
    }

    boolean cancelled() {
        return request.cancellation().cancelled();
    }

    /** Tells a failure of one resource and returns what to throw. */
    StepFailure fail(Urn urn, String summary, String detail) {
        events.tell(Diagnostic.error(urn, summary, detail));
        return new StepFailure(summary);
    }

    /**
     * Resources that a person named have to exist.
     *
     * @throws StepFailure when one does not; all such have been told
     */
    void requireThere(Collection<Urn> named, Predicate<Urn> exists) {
        List<Urn> absent = named.stream().filter(exists.negate()).distinct().toList();
        absent.forEach(urn -> fail(
                urn,
                "there is no resource `" + urn + "` in the stack",
                urn.text().contains("$")
                        ? "Look at the names that `preview` shows."
                        : "If its name holds a $, keep the shell from taking it: put the name in single quotes."));
        if (!absent.isEmpty()) {
            throw new StepFailure("resources that are not there");
        }
    }

    void note(String summary, String detail) {
        events.tell(new Diagnostic(Severity.INFO, Optional.empty(), summary, detail));
    }
}
