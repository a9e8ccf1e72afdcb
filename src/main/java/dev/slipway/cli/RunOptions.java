package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.engine.Request;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands that run the engine take. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-j", "--json"},
            description = "Print one JSON document instead of text.")
    private boolean json;

    @Option(
            names = {"-p", "--parallel"},
            paramLabel = "N",
            defaultValue = "" + Request.DEFAULT_PARALLEL,
            description = "The most operations at once, 1 or more. Default: ${DEFAULT-VALUE}.")
    private int parallel = Request.DEFAULT_PARALLEL;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why; kept in the stack's history.")
    private String message = "";

    @Option(names = "--diff", description = "Show every property that differs also while changes are made.")
    private boolean diff;

    @Option(names = "--expect-no-changes", description = "Fail if anything would change, or has changed.")
    private boolean expectNoChanges;

    boolean json() {
        return json;
    }

    int parallel() {
        if (parallel < 1) {
            throw new Failure("--parallel: expected 1 or more, got " + parallel);
        }
        return parallel;
    }

    /** The long names of all flags of the command that were given, to {@code true}, {@code false} or {@code set}. */
    Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>();
        requireNonNull(command, "command is null")
                .commandLine()
                .getParseResult()
                .matchedOptions()
                .forEach(option -> {
                    Object value = option.getValue();
                    flags.put(
                            option.longestName().replaceFirst("^-+", ""),
                            value instanceof Boolean ? value.toString() : "set");
                });
        return flags;
    }

    String message() {
        return message;
    }

    boolean diff() {
        return diff;
    }

    boolean expectNoChanges() {
        return expectNoChanges;
    }
}
