package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import java.util.List;
import java.util.Optional;

/**
 * Finishes a creation that an earlier run began, with the inputs of then, because the program now says something else: what is there becomes
 * recorded first, and is then changed like any other resource. A creation that fails leaves nothing to change.
 */
record ResumeStep(CreateStep creation, Events events) implements Step {
    @Override
    public StepInfo info() {
        return creation.info();
    }

    @Override
    public Optional<PendingOperation> pending() {
        // It is pending already.
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        try {
            return creation.apply(preview);
        } catch (InitializationFailed e) {
            return creation.partial(e);
        } catch (ProviderException e) {
            ResourceState wanted = creation.wanted();
            String title = "the interrupted creation of " + StepGenerator.title(wanted.urn()) + " can't be finished";
            String detail = e.getMessage()
                    + "\nIt is made anew. Should it be there under the name it was to get then, delete it by hand.";
            events.tell(Diagnostic.warning(wanted.urn(), title, detail));
            return new Outcome(Optional.empty(), Change.NONE);
        }
    }

    /** The creation that an interrupted run began under this goal's name. */
    static ResumeStep of(CreateStep wanted, ResourceState begun, Events events) {
        var creation = new CreateStep(
                wanted.op(),
                wanted.wanted().withInputs(begun.inputs()),
                wanted.place(),
                wanted.provider(),
                List.of(),
                wanted.clock());
        return new ResumeStep(creation, events);
    }
}
