package dev.slipway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
final class StackOptions {
    /** The stack that a project deploys when nobody names or selects one: it needs no account. */
    static final String USUAL_STACK = "local";

    @Option(
            names = {"-s", "--stack"},
            paramLabel = "STACK",
            description = "The stack; its configuration is Pulumi.STACK.yaml in the project's stackConfigDir. Default:"
                    + " PULUMI_STACK, else the selected one (`stack select`), else " + USUAL_STACK + ".")
    private Optional<String> stack = Optional.empty();

    /** Of another stack than the options say. */
    static StackOptions of(Optional<String> name) {
        var options = new StackOptions();
        options.stack = name;
        return options;
    }

    Optional<String> named() {
        return stack;
    }

    /** This stack, unless a positional argument names another one. */
    StackOptions or(Optional<String> argument) {
        return argument.isPresent() ? of(argument) : this;
    }
}
