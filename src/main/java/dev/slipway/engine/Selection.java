package dev.slipway.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Which resources a run may touch, as Pulumi's options of the same names say it. Each is a URN, or a pattern in which {@code **} stands for
 * any text and {@code *} for any text without a colon. Providers and the stack itself are always up to date, whatever is selected.
 *
 * @param targets only these; none means all
 * @param targetDependents also what depends on a target
 * @param excludes all but these; not together with {@code targets}
 * @param excludeDependents nor what depends on an excluded one
 * @param replacements these are replaced, though nothing about them changed
 */
public record Selection(
        List<String> targets,
        boolean targetDependents,
        List<String> excludes,
        boolean excludeDependents,
        List<String> replacements) {
    public static final Selection ALL = new Selection(List.of(), false, List.of(), false, List.of());

    /** @throws IllegalArgumentException when a text is neither a URN nor a pattern, or both targets and excludes are given */
    public Selection {
        targets = List.copyOf(targets);
        excludes = List.copyOf(excludes);
        replacements = List.copyOf(replacements);
        if (!targets.isEmpty() && !excludes.isEmpty()) {
            throw new IllegalArgumentException("--target and --exclude can't be used together");
        }
        check("--target", targets);
        check("--exclude", excludes);
        check("--replace", replacements);
    }

    private static void check(String option, List<String> texts) {
        for (String text : texts) {
            try {
                new UrnPatterns(List.of(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(option + ": " + e.getMessage() + ", or a pattern with * or **", e);
            }
        }
    }

    public Selection withTargets(List<String> urns, boolean dependents) {
        return new Selection(urns, dependents, excludes, excludeDependents, replacements);
    }

    public Selection withExcludes(List<String> urns, boolean dependents) {
        return new Selection(targets, targetDependents, urns, dependents, replacements);
    }

    public Selection withReplacements(List<String> urns) {
        return new Selection(targets, targetDependents, excludes, excludeDependents, urns);
    }

    /** Replaces these, and touches nothing else ({@code --target-replace}). */
    public Selection withTargetReplacements(List<String> urns) {
        return withTargets(joined(targets, urns), targetDependents).withReplacements(joined(replacements, urns));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
