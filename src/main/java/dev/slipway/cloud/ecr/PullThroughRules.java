package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.CreatePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.CreatePullThroughCacheRuleResponse;
import software.amazon.awssdk.services.ecr.model.DeletePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.DeletePullThroughCacheRuleResponse;
import software.amazon.awssdk.services.ecr.model.DescribePullThroughCacheRulesRequest;
import software.amazon.awssdk.services.ecr.model.DescribePullThroughCacheRulesResponse;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRule;
import software.amazon.awssdk.services.ecr.model.UpdatePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.UpdatePullThroughCacheRuleResponse;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleResponse;

/** Which repository names stand for repositories of another registry. The other registry is ECR Public; others are refused. */
final class PullThroughRules {
    private static final String UPSTREAM = "public.ecr.aws";
    private static final String UPSTREAM_NAME = "ecr-public";
    private static final String ROOT = "ROOT";
    private static final int MOST = 50;
    private static final Pattern PREFIX = Pattern.compile(
            "(?:[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*/?|ROOT)");

    private final Table<RuleRow> table;

    PullThroughRules(Store store) {
        this.table = store.table("ecr-pull-through", RuleRow.class);
    }

    /**
     * @param prefix of repository names here, without a slash at its end; {@code ROOT} for every name
     * @param upstreamPrefix of repository names there, or {@code ROOT}
     */
    record RuleRow(RegistryId registry, String prefix, String upstreamPrefix, Instant createdAt, Instant updatedAt) {
        /** The upstream's name of a repository here; empty when the rule is not about it. */
        Optional<String> upstreamName(String name) {
            String rest = name;
            if (!prefix.equals(ROOT)) {
                if (!name.startsWith(prefix + "/")) {
                    return Optional.empty();
                }
                rest = name.substring(prefix.length() + 1);
            }
            return Optional.of(upstreamPrefix.equals(ROOT) ? rest : upstreamPrefix + "/" + rest);
        }
    }

    /** The upstream's name of a repository, by the longest prefix that fits. */
    Optional<String> of(RepositoryId id) {
        return table.values().stream()
                .filter(row -> row.registry().equals(RegistryId.of(id)))
                .sorted(Comparator.comparing(
                        row -> row.prefix().equals(ROOT) ? 0 : -row.prefix().length()))
                .flatMap(row -> row.upstreamName(id.name()).stream())
                .findFirst();
    }

    void addTo(Operations on) {
        on.on(
                "CreatePullThroughCacheRule",
                CreatePullThroughCacheRuleRequest.class,
                CreatePullThroughCacheRuleResponse.class,
                (call, request) -> List.of(on.questions()
                        .aboutRegistry(
                                call.caller(),
                                "CreatePullThroughCacheRule",
                                Operations.registry(call, request.registryId()))),
                this::create);
        on.registry(
                "DescribePullThroughCacheRules",
                DescribePullThroughCacheRulesRequest.class,
                DescribePullThroughCacheRulesResponse.class,
                DescribePullThroughCacheRulesRequest::registryId,
                this::describe);
        on.registry(
                "DeletePullThroughCacheRule",
                DeletePullThroughCacheRuleRequest.class,
                DeletePullThroughCacheRuleResponse.class,
                DeletePullThroughCacheRuleRequest::registryId,
                this::delete);
        on.on(
                "UpdatePullThroughCacheRule",
                UpdatePullThroughCacheRuleRequest.class,
                UpdatePullThroughCacheRuleResponse.class,
                (call, request) -> List.of(on.questions()
                        .aboutRegistry(
                                call.caller(),
                                "UpdatePullThroughCacheRule",
                                Operations.registry(call, request.registryId()))),
                this::update);
        on.registry(
                "ValidatePullThroughCacheRule",
                ValidatePullThroughCacheRuleRequest.class,
                ValidatePullThroughCacheRuleResponse.class,
                ValidatePullThroughCacheRuleRequest::registryId,
                this::validate);
    }

    private CreatePullThroughCacheRuleResponse create(Call call, CreatePullThroughCacheRuleRequest request) {
        RegistryId registry = Operations.registry(call, request.registryId());
        if (!request.upstreamRegistryUrl().equals(UPSTREAM)
                || (request.upstreamRegistryAsString() != null
                        && !request.upstreamRegistryAsString().equals(UPSTREAM_NAME))) {
            throw Errors.error(
                    "UnsupportedUpstreamRegistryException",
                    "The specified upstream registry '" + request.upstreamRegistryUrl()
                            + "' isn't supported: Slipway's local cloud caches " + UPSTREAM + " only");
        }
        String prefix = prefix("ecrRepositoryPrefix", request.ecrRepositoryPrefix());
        String upstream = request.upstreamRepositoryPrefix() == null
                ? ROOT
                : prefix("upstreamRepositoryPrefix", request.upstreamRepositoryPrefix());
        if (rows(registry).size() >= MOST) {
            throw Errors.error(
                    "LimitExceededException", "A registry has at most " + MOST + " pull through cache rules");
        }
        RuleRow row = new RuleRow(registry, prefix, upstream, call.now(), call.now());
        if (!table.putIfAbsent(key(registry, prefix), row)) {
            throw Errors.error(
                    "PullThroughCacheRuleAlreadyExistsException",
                    "A pull through cache rule with prefix '" + prefix + "' already exists in the registry with id '"
                            + registry.account() + "'");
        }
        return CreatePullThroughCacheRuleResponse.builder()
                .ecrRepositoryPrefix(row.prefix())
                .upstreamRegistryUrl(UPSTREAM)
                .upstreamRegistry(UPSTREAM_NAME)
                .upstreamRepositoryPrefix(row.upstreamPrefix())
                .createdAt(row.createdAt())
                .registryId(registry.account())
                .build();
    }

    private DescribePullThroughCacheRulesResponse describe(
            RegistryId registry, DescribePullThroughCacheRulesRequest request) {
        if (!request.ecrRepositoryPrefixes().isEmpty()) {
            return DescribePullThroughCacheRulesResponse.builder()
                    .pullThroughCacheRules(request.ecrRepositoryPrefixes().stream()
                            .map(prefix -> shown(require(registry, prefix)))
                            .toList())
                    .build();
        }
        Page<RuleRow> page = Pages.of(rows(registry), RuleRow::prefix, request.nextToken(), request.maxResults());
        return DescribePullThroughCacheRulesResponse.builder()
                .pullThroughCacheRules(
                        page.items().stream().map(PullThroughRules::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private DeletePullThroughCacheRuleResponse delete(RegistryId registry, DeletePullThroughCacheRuleRequest request) {
        RuleRow row = require(registry, request.ecrRepositoryPrefix());
        table.remove(key(registry, row.prefix()));
        return DeletePullThroughCacheRuleResponse.builder()
                .ecrRepositoryPrefix(row.prefix())
                .upstreamRegistryUrl(UPSTREAM)
                .upstreamRepositoryPrefix(row.upstreamPrefix())
                .createdAt(row.createdAt())
                .registryId(registry.account())
                .build();
    }

    private UpdatePullThroughCacheRuleResponse update(Call call, UpdatePullThroughCacheRuleRequest request) {
        RegistryId registry = Operations.registry(call, request.registryId());
        require(registry, request.ecrRepositoryPrefix());
        throw Errors.invalidParameter(
                "credentialArn", "a rule for " + UPSTREAM + " has neither credentials nor a role to change");
    }

    private ValidatePullThroughCacheRuleResponse validate(
            RegistryId registry, ValidatePullThroughCacheRuleRequest request) {
        RuleRow row = require(registry, request.ecrRepositoryPrefix());
        return ValidatePullThroughCacheRuleResponse.builder()
                .ecrRepositoryPrefix(row.prefix())
                .registryId(registry.account())
                .upstreamRegistryUrl(UPSTREAM)
                .upstreamRepositoryPrefix(row.upstreamPrefix())
                .isValid(true)
                .build();
    }

    private RuleRow require(RegistryId registry, String prefix) {
        return table.get(key(registry, trimmed(prefix))).orElseThrow(() -> notFound(registry, prefix));
    }

    private static AwsException notFound(RegistryId registry, String prefix) {
        return Errors.error(
                "PullThroughCacheRuleNotFoundException",
                "A pull through cache rule with prefix '" + prefix + "' does not exist in the registry with id '"
                        + registry.account() + "'");
    }

    private List<RuleRow> rows(RegistryId registry) {
        return table.values().stream()
                .filter(row -> row.registry().equals(registry))
                .sorted(Comparator.comparing(RuleRow::prefix))
                .toList();
    }

    private static String prefix(String member, String text) {
        if (text.length() < 2 || text.length() > 30 || !PREFIX.matcher(text).matches()) {
            throw Errors.invalidParameter(member, "must satisfy regular expression '" + PREFIX + "'");
        }
        return trimmed(text);
    }

    private static String trimmed(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private static String key(RegistryId registry, String prefix) {
        return registry.key() + "/" + prefix;
    }

    private static PullThroughCacheRule shown(RuleRow row) {
        return PullThroughCacheRule.builder()
                .ecrRepositoryPrefix(row.prefix())
                .upstreamRegistryUrl(UPSTREAM)
                .upstreamRegistry(UPSTREAM_NAME)
                .upstreamRepositoryPrefix(row.upstreamPrefix())
                .createdAt(row.createdAt())
                .updatedAt(row.updatedAt())
                .registryId(row.registry().account())
                .build();
    }
}
