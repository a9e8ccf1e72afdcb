package dev.slipway.bench;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.List;
import java.util.Optional;

/** A provider that takes no time: what is measured is the engine alone. */
final class NoProvider implements ResourceProvider {
    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return new CheckResponse(request.news(), List.of());
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return DiffResponse.NONE;
    }

    @Override
    public void configure(PropertyMap config) {}

    @Override
    public CheckResponse check(CheckRequest request) {
        return new CheckResponse(request.news(), List.of());
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        if (request.oldInputs().equals(request.newInputs())) {
            return DiffResponse.NONE;
        }
        var all = new PropertyDiff(PropertyPath.ROOT, DiffKind.UPDATE, Optional.empty());
        return new DiffResponse(List.of(all), false, List.of());
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        String id = request.preview() ? "" : "id-" + request.urn().name();
        PropertyMap outputs = request.inputs();
        return new CreateResponse(
                id, request.preview() ? outputs : outputs.with("url", PropertyValue.of("http://" + id)));
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return new ReadResponse(request.id(), request.inputs(), request.outputs());
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        return new UpdateResponse(request.newInputs());
    }

    @Override
    public void delete(DeleteRequest request) {}

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        throw new ProviderException("nothing to invoke");
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
