package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.RepositoryRow.PolicyRow;
import dev.slipway.cloud.registry.RepositoryDirectory;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.Upstream;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.policy.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The private repositories, and for the registry the gallery's too. */
final class Repositories implements RepositoryDirectory {
    private final Table<RepositoryRow> table;
    private final PrincipalDirectory principals;
    private final Upstream gallery;

    Repositories(Store store, PrincipalDirectory principals, Upstream gallery) {
        this.table = store.table("ecr-repositories", RepositoryRow.class);
        this.principals = principals;
        this.gallery = gallery;
    }

    @Override
    public Optional<Rules> find(RepositoryId id) {
        if (id.isGallery()) {
            return Optional.of(new Rules(false, tag -> false, gallery));
        }
        return row(id).map(row -> new Rules(true, row::isFrozen, Upstream.NONE));
    }

    Optional<RepositoryRow> row(RepositoryId id) {
        return table.get(id.path());
    }

    /** @throws dev.slipway.cloud.wire.AwsException RepositoryNotFoundException */
    RepositoryRow require(RepositoryId id) {
        return row(id).orElseThrow(() -> Errors.repositoryNotFound(id));
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
        return table.update(id.path(), change).orElseThrow(() -> Errors.repositoryNotFound(id));
    }

    boolean remove(RepositoryId id) {
        return table.remove(id.path());
    }

    /** The repository's policy as it counts now. */
    Optional<String> policy(RepositoryId id) {
        return row(id).flatMap(RepositoryRow::policy).map(this::current);
    }

    /**
     * The policy's text. A user or role that was deleted, or deleted and made again under its old name, is not who the policy was
     * given to: its unique id stands in its place, as AWS shows it, and grants nobody anything.
     */
    String current(PolicyRow policy) {
        Map<String, String> gone = new LinkedHashMap<>();
        policy.principals().forEach((arn, id) -> {
            if (!principals.uniqueId(arn).equals(Optional.of(id))) {
                gone.put(arn, id);
            }
        });
        return gone.isEmpty()
                ? policy.text()
                : PolicyDocument.parse(policy.text())
                        .withAwsPrincipals(name -> gone.getOrDefault(name, name))
                        .toJson();
    }
}
