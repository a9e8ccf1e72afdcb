package dev.slipway.policy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement. Of each pair (principals, notPrincipals and so on) at most one is there.
 *
 * @param actions patterns, compared without regard to case
 * @param resources patterns, compared exactly
 */
public record Statement(
        @Nullable String sid,
        Effect effect,
        @Nullable Principals principals,
        @Nullable Principals notPrincipals,
        @Nullable List<String> actions,
        @Nullable List<String> notActions,
        @Nullable List<String> resources,
        @Nullable List<String> notResources,
        List<Condition> conditions) {
    public Statement {
        Objects.requireNonNull(effect, "effect is null");
        actions = actions == null ? null : List.copyOf(actions);
        notActions = notActions == null ? null : List.copyOf(notActions);
        resources = resources == null ? null : List.copyOf(resources);
        notResources = notResources == null ? null : List.copyOf(notResources);
        conditions = List.copyOf(conditions);
    }

    boolean namesPrincipals() {
        return principals != null || notPrincipals != null;
    }

    boolean namesResources() {
        return resources != null || notResources != null;
    }

    Statement withPrincipals(@Nullable Principals named, @Nullable Principals notNamed) {
        return new Statement(sid, effect, named, notNamed, actions, notActions, resources, notResources, conditions);
    }
}
