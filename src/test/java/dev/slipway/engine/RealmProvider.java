package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
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
import java.util.Set;

/**
 * A provider over one region of a {@link Realm}, with its {@link Mishaps}. A changed {@code name} replaces; so does a changed {@code kind}, and
 * there the old one has to go first; another {@code region} of the provider replaces all that it manages.
 */
final class RealmProvider implements ResourceProvider {
    static final String HOME = "home";
    private static final Set<String> REPLACING = Set.of("name", "kind");

    private final Realm realm;
    private final Mishaps mishaps;
    private String region = HOME;

    RealmProvider(Realm realm, Mishaps mishaps) {
        this.realm = realm;
        this.mishaps = mishaps;
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return new CheckResponse(request.news(), List.of());
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return differences(request, Set.of("region"), false);
    }

    @Override
    public void configure(PropertyMap config) {
        region = config.text("region").orElse(HOME);
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return ScriptedProvider.named(request);
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        boolean kind =
                !request.oldInputs().get("kind").equals(request.newInputs().get("kind"));
        return differences(request, REPLACING, kind);
    }

    private static DiffResponse differences(DiffRequest request, Set<String> replacing, boolean deleteFirst) {
        List<PropertyDiff> diffs = Differ.structural(request.oldInputs(), request.newInputs()).stream()
                .map(diff -> replacing.contains(diff.path().topLevel())
                        ? new PropertyDiff(
                                PropertyPath.of(diff.path().topLevel()), DiffKind.UPDATE_REPLACE, Optional.empty())
                        : diff)
                .toList();
        return new DiffResponse(diffs, deleteFirst, List.of());
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        if (request.preview()) {
            return realm.create(region, request);
        }
        return mishaps.around("create", request.urn(), "", request.inputs(), () -> realm.create(region, request));
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return mishaps.around("read", request.urn(), request.id(), request.inputs(), () -> realm.read(region, request));
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        if (request.preview()) {
            return realm.update(region, request);
        }
        return mishaps.around(
                "update", request.urn(), request.id(), request.newInputs(), () -> realm.update(region, request));
    }

    @Override
    public void delete(DeleteRequest request) {
        var unused = mishaps.around("delete", request.urn(), request.id(), request.inputs(), () -> {
            realm.delete(region, request);
            return true;
        });
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
