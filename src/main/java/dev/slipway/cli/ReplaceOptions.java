package dev.slipway.cli;

import dev.slipway.engine.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which resources a command replaces though nothing about them changed. */
final class ReplaceOptions {
    @Option(
            names = "--replace",
            paramLabel = "URN",
            description = "Replace this resource; may be given several times, with * and ** as in --target.")
    private List<String> replacements = new ArrayList<>();

    @Option(
            names = "--target-replace",
            paramLabel = "URN",
            description = "Replace this resource and touch no other: --target and --replace in one.")
    private List<String> targetReplacements = new ArrayList<>();

    Selection in(Selection selection) {
        try {
            return selection.withReplacements(replacements).withTargetReplacements(targetReplacements);
        } catch (IllegalArgumentException e) {
            throw Failure.of(e);
        }
    }
}
