package dev.slipway.policy;

import java.util.List;
import java.util.Locale;

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
    boolean matches(Statement statement) {
        return matchesAction(statement)
                && matchesResource(statement)
                && statement.conditions().stream().allMatch(condition -> condition.holds(context, variables));
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
        return Glob.of(pattern.toLowerCase(Locale.ROOT))
                .matches(request.action().toLowerCase(Locale.ROOT));
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
        return variables
                .glob(pattern)
                .filter(glob -> glob.matches(request.resource()))
                .isPresent();
    }
}
