package dev.slipway.cli;

import dev.slipway.engine.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which resources a command may touch. */
final class TargetOptions {
    @Option(
            names = {"-t", "--target"},
            paramLabel = "URN",
            description =
                    "Touch only this resource; may be given several times. * stands for any text without a colon, ** for any text."
                            + " Providers and the stack itself are always brought up to date.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--target-dependents", description = "Touch also what depends on a target.")
    private boolean targetDependents;

    @Option(
            names = {"-x", "--exclude"},
            paramLabel = "URN",
            description = "Leave this resource alone; may be given several times, not together with --target.")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--exclude-dependents", description = "Leave also alone what depends on an excluded resource.")
    private boolean excludeDependents;

    Selection selection() {
        try {
            return new Selection(targets, targetDependents, excludes, excludeDependents, List.of());
        } catch (IllegalArgumentException e) {
            throw Failure.of(e);
        }
    }
}
