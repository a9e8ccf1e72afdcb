package dev.slipway.cloud.iam;

import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Match;
import dev.slipway.policy.Decision.Part;
import dev.slipway.policy.Effect;
import dev.slipway.policy.Evaluator;
import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.Policies;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.Principal;
import dev.slipway.policy.StatementPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Position;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * What would be decided if: the evaluator that decides real calls, over policies and a context that a request makes up.
 *
 * @param identity the principal's policies
 * @param owner the account of a resource whose ARN names none
 */
record Simulation(
        Principal principal,
        List<ManagedPolicies.Source> identity,
        ManagedPolicies.@Nullable Source boundary,
        ManagedPolicies.@Nullable Source resource,
        String owner,
        Map<String, List<String>> context) {
    /** The types that a simulation names the sources of statements by. */
    private static final String IDENTITY = "IAM Policy";

    private static final String RESOURCE = "Resource Policy";

    EvaluationResult of(String action, String arn) {
        AccessRequest request = new AccessRequest(principal, action, arn, ownerOf(arn), context);
        Decision decision = Evaluator.evaluate(request, policies());
        EvaluationResult.Builder result = EvaluationResult.builder()
                .evalActionName(action)
                .evalResourceName(arn)
                .evalDecision(word(decision))
                .matchedStatements(matched(decision))
                .missingContextValues(missing(request.keys().keySet()))
                .evalDecisionDetails(Map.of());
        if (boundary != null) {
            result.permissionsBoundaryDecisionDetail(PermissionsBoundaryDecisionDetail.builder()
                    .allowedByPermissionsBoundary(allows(decision, Part.BOUNDARY))
                    .build());
        }
        return result.build();
    }

    private Policies policies() {
        Policies policies =
                Policies.identity(identity.stream().map(Simulation::named).toList());
        if (boundary != null) {
            policies = policies.withBoundary(named(boundary));
        }
        return resource == null ? policies : policies.withResource(named(resource));
    }

    private static NamedPolicy named(ManagedPolicies.Source source) {
        return new NamedPolicy(source.name(), PolicyDocument.parse(source.text()));
    }

    private String ownerOf(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 && parts[4].matches("\\d{12}") ? parts[4] : owner;
    }

    private static PolicyEvaluationDecisionType word(Decision decision) {
        return switch (decision.reason()) {
            case ALLOWED -> PolicyEvaluationDecisionType.ALLOWED;
            case EXPLICIT_DENY -> PolicyEvaluationDecisionType.EXPLICIT_DENY;
            case NO_IDENTITY, NO_BOUNDARY, NO_SESSION, NO_RESOURCE, NO_TRUST ->
                PolicyEvaluationDecisionType.IMPLICIT_DENY;
        };
    }

    private static boolean allows(Decision decision, Part part) {
        boolean allowed = false;
        for (Judged judged : decision.considered()) {
            if (judged.part() == part && judged.match() == Match.MATCHES) {
                if (judged.statement().effect() == Effect.DENY) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    private List<Statement> matched(Decision decision) {
        Map<String, List<StatementPosition>> positions = new HashMap<>();
        List<Statement> statements = new ArrayList<>();
        for (Judged judged : decision.deciding()) {
            ManagedPolicies.Source source = source(judged);
            StatementPosition at = positions
                    .computeIfAbsent(source.text(), StatementPosition::in)
                    .get(judged.index());
            statements.add(Statement.builder()
                    .sourcePolicyId(source.id())
                    .sourcePolicyType(judged.part() == Part.RESOURCE ? RESOURCE : IDENTITY)
                    .startPosition(Position.builder()
                            .line(at.startLine())
                            .column(at.startColumn())
                            .build())
                    .endPosition(Position.builder()
                            .line(at.endLine())
                            .column(at.endColumn())
                            .build())
                    .build());
        }
        return statements;
    }

    private ManagedPolicies.Source source(Judged judged) {
        List<ManagedPolicies.Source> candidates = new ArrayList<>(identity);
        if (judged.part() == Part.BOUNDARY && boundary != null) {
            candidates = List.of(boundary);
        } else if (judged.part() == Part.RESOURCE && resource != null) {
            candidates = List.of(resource);
        }
        return candidates.stream()
                .filter(source -> source.name().equals(judged.policy()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no policy " + judged.policy()));
    }

    /** The keys that the policies ask for and nobody gave. */
    private List<String> missing(Set<String> given) {
        List<ManagedPolicies.Source> all = new ArrayList<>(identity);
        if (boundary != null) {
            all.add(boundary);
        }
        if (resource != null) {
            all.add(resource);
        }
        return contextKeys(all).stream()
                .filter(key -> !given.contains(key.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The keys that policies ask for, each once whatever its case. */
    static List<String> contextKeys(List<ManagedPolicies.Source> sources) {
        Map<String, String> keys = new java.util.LinkedHashMap<>();
        sources.forEach(source -> PolicyDocument.parse(source.text())
                .contextKeys()
                .forEach(key -> keys.putIfAbsent(key.toLowerCase(Locale.ROOT), key)));
        return List.copyOf(keys.values());
    }
}
