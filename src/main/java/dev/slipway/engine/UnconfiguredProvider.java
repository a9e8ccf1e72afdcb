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
import java.util.List;

/** Stands in, during a preview, for a provider whose configuration is an output that does not exist yet. */
final class UnconfiguredProvider implements ResourceProvider {
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
        return new DiffResponse(Differ.structural(request.oldInputs(), request.newInputs()), false, List.of());
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        requirePreview(request.preview());
        return new CreateResponse("", PropertyMap.EMPTY);
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return new ReadResponse(request.id(), request.inputs(), request.outputs());
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        requirePreview(request.preview());
        return new UpdateResponse(PropertyMap.EMPTY);
    }

    @Override
    public void delete(DeleteRequest request) {
        requirePreview(false);
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        return InvokeResponse.of(PropertyMap.EMPTY);
    }

    private static void requirePreview(boolean preview) {
        if (!preview) {
            throw new ProviderException("The provider's configuration is still unknown when it is needed.");
        }
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
