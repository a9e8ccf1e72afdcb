package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryDirectory;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.Upstream;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The private repositories, and for the registry the gallery's too. */
final class Repositories implements RepositoryDirectory {
    private final Table<RepositoryRow> table;
    private final PolicyPrincipals principals;
    private final RegistrySettings settings;
    private final PullThroughRules rules;
    private final PublicRepositories gallery;
    private @Nullable PullThrough pullThrough;

    Repositories(
            Store store,
            PolicyPrincipals principals,
            RegistrySettings settings,
            PullThroughRules rules,
            PublicRepositories gallery) {
        this.table = store.table("ecr-repositories", RepositoryRow.class);
        this.principals = principals;
        this.settings = settings;
        this.rules = rules;
        this.gallery = gallery;
    }

    /** Once, while the room is put together: the cache itself needs the repositories. */
    void fetchBy(PullThrough cache) {
        pullThrough = cache;
    }

    @Override
    public Optional<Rules> find(RepositoryId id) {
        if (id.isGallery()) {
            return Optional.of(gallery.find(id));
        }
        return row(id).map(row -> new Rules(
                true,
                row::isFrozen,
                settings.mayMount(RegistryId.of(id)),
                rules.of(id).isPresent() ? upstream() : Upstream.NONE));
    }

    /** A repository that a pull through cache rule stands for comes into being when something is pulled from it. */
    @Override
    public Optional<Rules> findForReading(RepositoryId id) {
        return find(id).or(() -> id.isGallery() || rules.of(id).isEmpty()
                ? Optional.empty()
                : Optional.of(new Rules(false, tag -> false, false, upstream())));
    }

    private Upstream upstream() {
        return pullThrough == null ? Upstream.NONE : pullThrough;
    }

    Optional<RepositoryRow> row(RepositoryId id) {
        return table.get(id.path());
    }

    /** @throws dev.slipway.cloud.wire.AwsException RepositoryNotFoundException */
    RepositoryRow require(RepositoryId id) {
        return row(id).orElseThrow(() -> Errors.repositoryNotFound(id));
    }

    /** Those of every account and region. */
    Collection<RepositoryRow> all() {
        return table.values();
    }

    List<RepositoryRow> all(String account, String region) {
        return table.values().stream()
                .filter(row ->
                        row.id().account().equals(account) && row.id().region().equals(region))
                .toList();
    }

    boolean add(RepositoryRow row) {
        return table.putIfAbsent(row.id().path(), row);
    }

    RepositoryRow change(RepositoryId id, UnaryOperator<RepositoryRow> change) {
        return changeIfThere(id, change).orElseThrow(() -> Errors.repositoryNotFound(id));
    }

    Optional<RepositoryRow> changeIfThere(RepositoryId id, UnaryOperator<RepositoryRow> change) {
        return table.update(id.path(), change);
    }

    boolean remove(RepositoryId id) {
        return table.remove(id.path());
    }

    /** The repository's policy as it counts now. */
    Optional<String> policy(RepositoryId id) {
        return row(id).flatMap(RepositoryRow::policy).map(principals::current);
    }
}
