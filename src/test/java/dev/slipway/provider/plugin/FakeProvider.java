package dev.slipway.provider.plugin;

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
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Remembers what it is asked, and answers what a test says. */
final class FakeProvider implements ResourceProvider {
    final List<Object> asked = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    ProviderHost host = ProviderHost.SILENT;

    Function<CheckRequest, CheckResponse> onCheckConfig = request -> new CheckResponse(request.news(), List.of());
    Function<CheckRequest, CheckResponse> onCheck = request -> new CheckResponse(request.news(), List.of());
    Function<DiffRequest, DiffResponse> onDiff = request -> DiffResponse.NONE;
    Function<CreateRequest, CreateResponse> onCreate = request -> new CreateResponse("id-1", request.inputs());
    Function<ReadRequest, ReadResponse> onRead = request -> ReadResponse.GONE;
    Function<UpdateRequest, UpdateResponse> onUpdate = request -> new UpdateResponse(request.newInputs());
    Function<InvokeRequest, InvokeResponse> onInvoke = request -> InvokeResponse.of(request.arguments());

    /** The last thing asked. */
    <T> T asked(Class<T> type) {
        return type.cast(asked.get(asked.size() - 1));
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        asked.add(request);
        return onCheckConfig.apply(request);
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return diff(request);
    }

    @Override
    public void configure(PropertyMap config) {
        asked.add(config);
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        asked.add(request);
        return onCheck.apply(request);
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        asked.add(request);
        return onDiff.apply(request);
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        asked.add(request);
        return onCreate.apply(request);
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        asked.add(request);
        return onRead.apply(request);
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        asked.add(request);
        return onUpdate.apply(request);
    }

    @Override
    public void delete(DeleteRequest request) {
        asked.add(request);
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        asked.add(request);
        return onInvoke.apply(request);
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
