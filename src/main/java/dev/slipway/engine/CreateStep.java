package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes a resource: a new one, or one that replaces another. */
record CreateStep(
        Op op,
        ResourceState wanted,
        Place place,
        Optional<ResourceProvider> provider,
        List<PropertyDiff> diffs,
        InstantSource clock)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(op, wanted.urn(), place.old().map(entry -> entry.state()), Optional.of(wanted), diffs);
    }

    @Override
    public Optional<PendingOperation> pending() {
        return provider.map(ignored -> new PendingOperation(wanted, PendingOperation.Kind.CREATING));
    }

    @Override
    public Outcome apply(boolean preview) {
        if (provider.isEmpty()) {
            return recorded(wanted);
        }
        var timeout = Seconds.duration(wanted.options().timeouts().create());
        CreateResponse response =
                provider.get().create(new CreateRequest(wanted.urn(), wanted.inputs(), timeout, preview));
        if (!preview && response.id().isEmpty()) {
            throw new ProviderException(
                    "The provider made the resource but gave no id for it: a fault of the provider.");
        }
        PropertyMap outputs = Secrecy.spread(
                wanted.inputs(), response.outputs(), wanted.options().additionalSecretOutputs());
        return recorded(wanted.withId(response.id()).withOutputs(outputs));
    }

    @Override
    public Outcome partial(InitializationFailed failure) {
        PropertyMap outputs = Secrecy.spread(
                wanted.inputs(), failure.outputs(), wanted.options().additionalSecretOutputs());
        return recorded(wanted.withId(failure.id())
                .withInputs(failure.inputs())
                .withOutputs(outputs)
                .withInitErrors(failure.reasons()));
    }

    private Outcome recorded(ResourceState state) {
        var now = clock.instant();
        ResourceState made = state.withTimes(new Times(now, now));
        return Outcome.of(made, place.put(made));
    }
}
