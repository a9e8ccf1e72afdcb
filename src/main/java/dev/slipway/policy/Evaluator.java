package dev.slipway.policy;

import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Match;
import dev.slipway.policy.Decision.Part;
import dev.slipway.policy.Decision.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * IAM's decision: an explicit deny anywhere wins; inside one account an identity policy or the resource's policy is enough; across accounts both
 * are needed; boundary and session policy cap what identity policies and grants to a role give, not what a grant to the very user or
 * session gives; a role is assumed only by its trust policy's leave. Pure: no clock, no storage.
 */
public final class Evaluator {
    private final AccessRequest request;
    private final RequestContext context;
    private final List<Judged> considered = new ArrayList<>();

    private Evaluator(AccessRequest request) {
        this.request = request;
        this.context = new RequestContext(request);
    }

    public static Decision evaluate(AccessRequest request, Policies policies) {
        return new Evaluator(request).decide(policies);
    }

    private Decision decide(Policies policies) {
        Side identity = identitySide(Part.IDENTITY, policies.identity());
        Side boundary = cap(Part.BOUNDARY, policies.boundary());
        Side session = cap(Part.SESSION, policies.session());
        boolean bounded = policies.boundary() != null;
        Leave resource = leave(Part.RESOURCE, policies.resource(), bounded);
        Leave trust = leave(Part.TRUST, policies.trust(), bounded);
        List<Judged> denies =
                considered.stream().filter(judged -> judged.is(Effect.DENY)).toList();
        if (!denies.isEmpty()) {
            return new Decision(Reason.EXPLICIT_DENY, denies, considered);
        }
        if (policies.trust() != null && trust.grant.isEmpty()) {
            return no(Reason.NO_TRUST);
        }
        Leave leave = policies.trust() != null ? trust : resource;
        Optional<Reason> capped = capped(boundary, session);
        Optional<Reason> own = isRoot() || identity.allows ? capped : Optional.of(Reason.NO_IDENTITY);
        if (request.principal().kind() == Principal.Kind.SERVICE) {
            return leave.grant.isPresent() ? yes(leave.by) : no(Reason.NO_RESOURCE);
        }
        return request.isInsideOneAccount()
                ? insideOneAccount(leave, own, capped, identity)
                : acrossAccounts(leave, own, identity);
    }

    private Decision insideOneAccount(Leave leave, Optional<Reason> own, Optional<Reason> capped, Side identity) {
        if (leave.grant.filter(Grant.DIRECT::equals).isPresent()) {
            return yes(leave.by);
        }
        if (own.isEmpty()) {
            return yes(identity.by);
        }
        boolean toTheRole = leave.grant.filter(Grant.ROLE::equals).isPresent();
        if (toTheRole) {
            return capped.isEmpty() ? yes(leave.by) : no(capped.get());
        }
        return no(own.get());
    }

    private Decision acrossAccounts(Leave leave, Optional<Reason> own, Side identity) {
        if (own.isPresent()) {
            return no(own.get());
        }
        return leave.grant.isPresent()
                ? yes(Stream.concat(identity.by.stream(), leave.by.stream()).toList())
                : no(Reason.NO_RESOURCE);
    }

    private static Optional<Reason> capped(Side boundary, Side session) {
        if (!boundary.allows) {
            return Optional.of(Reason.NO_BOUNDARY);
        }
        return session.allows ? Optional.empty() : Optional.of(Reason.NO_SESSION);
    }

    private boolean isRoot() {
        return request.principal().kind() == Principal.Kind.ROOT;
    }

    private Side cap(Part part, @Nullable NamedPolicy policy) {
        return policy == null ? new Side(true, List.of()) : identitySide(part, List.of(policy));
    }

    private Side identitySide(Part part, List<NamedPolicy> policies) {
        List<Judged> allows = new ArrayList<>();
        for (NamedPolicy policy : policies) {
            Matcher matcher = new Matcher(request, context, policy.document());
            List<Statement> statements = policy.document().statements();
            for (int i = 0; i < statements.size(); i++) {
                Statement statement = statements.get(i);
                // Without a resource a statement means "the resource it is on", and an identity policy is on none.
                Judged judged = statement.namesResources()
                        ? matcher.judge(part, policy.name(), i, statement)
                        : new Judged(part, policy.name(), i, statement, Match.NO_RESOURCE, null);
                considered.add(judged);
                if (judged.is(Effect.ALLOW)) {
                    allows.add(judged);
                }
            }
        }
        return new Side(!allows.isEmpty(), allows);
    }

    private Leave leave(Part part, @Nullable NamedPolicy policy, boolean bounded) {
        if (policy == null) {
            return new Leave(Optional.empty(), List.of());
        }
        Matcher matcher = new Matcher(request, context, policy.document());
        List<Statement> statements = policy.document().statements();
        List<Grant> grants = new ArrayList<>();
        List<Judged> allows = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            Optional<Grant> grant = sparesNobody(statement, bounded)
                    ? Optional.of(Grant.DIRECT)
                    : Grant.of(statement, request.principal());
            Judged judged = grant.isPresent()
                    ? matcher.judge(part, policy.name(), i, statement)
                    : new Judged(part, policy.name(), i, statement, Match.OTHER_PRINCIPAL, null);
            considered.add(judged);
            if (grant.isPresent() && judged.is(Effect.ALLOW)) {
                grants.add(grant.get());
                allows.add(judged);
            }
        }
        return new Leave(grants.stream().max(Comparator.naturalOrder()), allows);
    }

    /** As AWS documents it: who has a permissions boundary is not spared by {@code NotPrincipal}, whoever it names. */
    private static boolean sparesNobody(Statement statement, boolean bounded) {
        return bounded && statement.effect() == Effect.DENY && statement.notPrincipals() != null;
    }

    private Decision yes(List<Judged> by) {
        return new Decision(Reason.ALLOWED, by, considered);
    }

    private Decision no(Reason reason) {
        return new Decision(reason, List.of(), considered);
    }

    /** Whether the principal's own policies of one part allow. */
    private record Side(boolean allows, List<Judged> by) {}

    /** What the policy of the resource gives, at best. */
    private record Leave(Optional<Grant> grant, List<Judged> by) {}
}
