package dev.slipway.engine;

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
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A provider with one lambda per call, over a {@link World}. As it comes: every input is an output, a changed {@code name} or {@code region}
 * replaces, everything else updates, a missing name is made from the check's seed.
 */
final class ScriptedProvider implements ResourceProvider {
    Function<CheckRequest, CheckResponse> onCheck = ScriptedProvider::named;
    Function<CheckRequest, CheckResponse> onCheckConfig = request -> new CheckResponse(request.news(), List.of());
    Function<DiffRequest, DiffResponse> onDiff = request -> changes(request, "name");
    Function<DiffRequest, DiffResponse> onDiffConfig = request -> changes(request, "region");
    Consumer<PropertyMap> onConfigure = config -> {};
    Function<CreateRequest, CreateResponse> onCreate;
    Function<ReadRequest, ReadResponse> onRead;
    Function<UpdateRequest, UpdateResponse> onUpdate;
    Consumer<DeleteRequest> onDelete;
    Function<InvokeRequest, InvokeResponse> onInvoke = request -> InvokeResponse.of(request.arguments());

    ScriptedProvider(World world) {
        onCreate = world::create;
        onRead = world::read;
        onUpdate = world::update;
        onDelete = world::delete;
    }

    /** As a provider should: the old name is kept, a new one is the resource's and some digits. */
    static CheckResponse named(CheckRequest request) {
        PropertyMap news = request.news();
        if (news.get("name").isEmpty()) {
            String name = request.olds()
                    .flatMap(olds -> olds.text("name"))
                    .orElse(request.urn().name() + "-" + request.randomSeed().substring(0, 7));
            news = news.with("name", PropertyValue.of(name));
        }
        return new CheckResponse(news, List.of());
    }

    static DiffResponse changes(DiffRequest request, String replacing) {
        List<PropertyDiff> diffs = Differ.structural(request.oldInputs(), request.newInputs()).stream()
                .map(diff -> diff.path().equals(PropertyPath.of(replacing))
                        ? new PropertyDiff(diff.path(), DiffKind.UPDATE_REPLACE, Optional.of("names are for ever"))
                        : diff)
                .toList();
        return new DiffResponse(diffs, false, List.of());
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return onCheckConfig.apply(request);
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return onDiffConfig.apply(request);
    }

    @Override
    public void configure(PropertyMap config) {
        onConfigure.accept(config);
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return onCheck.apply(request);
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        return onDiff.apply(request);
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        return onCreate.apply(request);
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return onRead.apply(request);
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        return onUpdate.apply(request);
    }

    @Override
    public void delete(DeleteRequest request) {
        onDelete.accept(request);
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        return onInvoke.apply(request);
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
