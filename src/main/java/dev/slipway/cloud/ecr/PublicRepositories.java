package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.Upstream;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The repositories that accounts have in the public gallery. All others there are read from the gallery's own sources. */
final class PublicRepositories {
    private static final int ALIAS_LENGTH = 8;

    private final Table<Row> table;
    private final PolicyPrincipals principals;
    private final Upstream gallery;

    PublicRepositories(Store store, PolicyPrincipals principals, Upstream gallery) {
        this.table = store.table("ecr-public-repositories", Row.class);
        this.principals = principals;
        this.gallery = gallery;
    }

    /** @param catalog what the gallery's page would show */
    record Row(
            String account,
            String name,
            Instant createdAt,
            Map<String, String> tags,
            Optional<PolicyPrincipals.Policy> policy,
            Optional<Catalog> catalog) {
        Row {
            tags = Map.copyOf(tags);
        }

        RepositoryId id() {
            return PublicRepositories.id(account, name);
        }

        /** As its owner calls it, and as errors do. */
        RepositoryId ownName() {
            return RepositoryId.of(account, "", name);
        }

        LayerUploads.Place place() {
            return new LayerUploads.Place(id(), ownName());
        }

        String arn() {
            return PublicRepositories.arn(account, name);
        }

        Row withTags(Map<String, String> changed) {
            return new Row(account, name, createdAt, changed, policy, catalog);
        }

        Row withPolicy(Optional<PolicyPrincipals.Policy> changed) {
            return new Row(account, name, createdAt, tags, changed, catalog);
        }

        Row withCatalog(Catalog changed) {
            return new Row(account, name, createdAt, tags, policy, Optional.of(changed));
        }
    }

    record Catalog(
            String description, String about, String usage, List<String> architectures, List<String> operatingSystems) {
        Catalog {
            architectures = List.copyOf(architectures);
            operatingSystems = List.copyOf(operatingSystems);
        }
    }

    /**
     * The name under which an account's repositories stand in the gallery, for example {@code k4f9x2b7}. AWS draws it; here it follows from
     * the account, so that an address means the same in every local cloud.
     */
    static String alias(String account) {
        byte[] seed = ("ecr-public " + account).getBytes(StandardCharsets.UTF_8);
        String hex = Digest.of(seed).hex();
        StringBuilder alias = new StringBuilder(ALIAS_LENGTH);
        for (int i = 0; i < ALIAS_LENGTH; i++) {
            int number = Integer.parseInt(hex.substring(4 * i, 4 * i + 4), 16);
            alias.append((char) (i % 2 == 0 ? 'a' + number % 26 : '0' + number % 10));
        }
        return alias.toString();
    }

    static RepositoryId id(String account, String name) {
        return RepositoryId.gallery(alias(account) + "/" + name);
    }

    static String arn(String account, String name) {
        return "arn:aws:ecr-public::" + account + ":repository/" + name;
    }

    Rules find(RepositoryId id) {
        return row(id).isPresent()
                ? new Rules(true, tag -> false, false, Upstream.NONE)
                : new Rules(false, tag -> false, false, gallery);
    }

    Optional<Row> row(RepositoryId id) {
        return table.get(id.name());
    }

    /** @throws dev.slipway.cloud.wire.AwsException RepositoryNotFoundException */
    Row require(String account, String name) {
        return row(id(account, name)).orElseThrow(() -> notFound(account, name));
    }

    List<Row> all(String account) {
        return table.values().stream()
                .filter(row -> row.account().equals(account))
                .toList();
    }

    boolean add(Row row) {
        return table.putIfAbsent(row.id().name(), row);
    }

    Row change(String account, String name, UnaryOperator<Row> change) {
        return table.update(id(account, name).name(), change).orElseThrow(() -> notFound(account, name));
    }

    void remove(Row row) {
        table.remove(row.id().name());
    }

    Optional<String> policy(Row row) {
        return row.policy().map(principals::current);
    }

    /** @param action without its prefix */
    Question question(Caller caller, String action, Row row) {
        Map<String, List<String>> context = new LinkedHashMap<>();
        row.tags().forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, List.of(value));
            context.put("ecr-public:ResourceTag/" + key, List.of(value));
        });
        return new Question(caller, "ecr-public:" + action, row.arn(), policy(row), context);
    }

    private static dev.slipway.cloud.wire.AwsException notFound(String account, String name) {
        return Errors.repositoryNotFound(RepositoryId.of(account, "", name));
    }
}
