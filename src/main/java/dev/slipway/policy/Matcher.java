package dev.slipway.policy;

import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Match;
import dev.slipway.policy.Decision.Part;
import java.util.List;

/** One request against the statements of one document. */
final class Matcher {
    private final AccessRequest request;
    private final RequestContext context;
    private final Variables variables;

    Matcher(AccessRequest request, RequestContext context, PolicyDocument document) {
        this.request = request;
        this.context = context;
        this.variables = new Variables(context, document.hasVariables());
    }

    /** Action, resource and conditions; who is meant is asked of {@link Grant}. A statement without resources means the resource it is on. */
    Judged judge(Part part, String policy, int index, Statement statement) {
        if (!matchesAction(statement)) {
            return new Judged(part, policy, index, statement, Match.OTHER_ACTION, null);
        }
        if (!matchesResource(statement)) {
            return new Judged(part, policy, index, statement, Match.OTHER_RESOURCE, null);
        }
        for (Condition condition : statement.conditions()) {
            if (!condition.holds(context, variables)) {
                String line = condition.operatorName() + " " + condition.key();
                return new Judged(part, policy, index, statement, Match.CONDITION, line);
            }
        }
        return new Judged(part, policy, index, statement, Match.MATCHES, null);
    }

    private boolean matchesAction(Statement statement) {
        List<String> named = statement.actions();
        if (named != null) {
            return named.stream().anyMatch(this::isAction);
        }
        List<String> notNamed = statement.notActions();
        return notNamed != null && notNamed.stream().noneMatch(this::isAction);
    }

    private boolean isAction(String pattern) {
        return Glob.isAction(pattern, request.action());
    }

    private boolean matchesResource(Statement statement) {
        List<String> named = statement.resources();
        if (named != null) {
            return named.stream().anyMatch(this::isResource);
        }
        List<String> notNamed = statement.notResources();
        return notNamed == null || notNamed.stream().noneMatch(this::isResource);
    }

    private boolean isResource(String pattern) {
        if (pattern.equals("*")) {
            return true;
        }
        return variables
                .glob(pattern)
                .filter(glob -> glob.matches(request.resource()))
                .isPresent();
    }
}
