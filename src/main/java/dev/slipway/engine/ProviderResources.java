package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.function.Function;

/**
 * Providers are resources too: this is the provider that manages them. Making one means configuring it; its outputs are its configuration.
 */
record ProviderResources(ProviderRegistry registry, Seeds seeds) implements ResourceProvider {
    @Override
    public CheckResponse check(CheckRequest request) {
        PropertyMap olds = request.olds().orElse(PropertyMap.EMPTY);
        var config = new CheckRequest(
                request.urn(),
                request.olds().map(ignored -> ProviderConfig.forProvider(olds)),
                ProviderConfig.forProvider(request.news()),
                request.randomSeed());
        CheckResponse checked = unconfigured(request.urn().type(), provider -> provider.checkConfig(config));
        return new CheckResponse(ProviderConfig.withEngines(checked.inputs(), request.news()), checked.failures());
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        var config = new DiffRequest(
                request.id(),
                request.urn(),
                ProviderConfig.forProvider(request.oldInputs()),
                ProviderConfig.forProvider(request.oldOutputs()),
                ProviderConfig.forProvider(request.newInputs()),
                request.ignoreChanges());
        return unconfigured(request.urn().type(), provider -> provider.diffConfig(config));
    }

    private <T> T unconfigured(String type, Function<ResourceProvider, T> call) {
        return call.apply(registry.load(Inheritance.packageOfProvider(type)));
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        String id = seeds.providerId(request.urn()).toString();
        registry.activate(request.urn(), id, request.inputs());
        return new CreateResponse(id, ProviderConfig.forProvider(request.inputs()));
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        registry.activate(request.urn(), request.id(), request.newInputs());
        return new UpdateResponse(ProviderConfig.forProvider(request.newInputs()));
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return new ReadResponse(request.id(), request.inputs(), request.outputs());
    }

    @Override
    public void delete(DeleteRequest request) {
        // Nothing outside this process: it is closed with the run.
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        throw notConfigurable();
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        throw notConfigurable();
    }

    @Override
    public void configure(PropertyMap config) {
        throw notConfigurable();
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        throw new ProviderException("Providers have no function `" + request.token() + "`.");
    }

    private static IllegalStateException notConfigurable() {
        return new IllegalStateException("what manages providers has no configuration");
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
