package dev.slipway.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which project and which stack a command is about. */
final class StackOptions {
    /** The stack that a project deploys when nobody names one: it needs no account. */
    static final String USUAL_STACK = "local";

    @Option(
            names = {"-C", "--cwd"},
            paramLabel = "DIR",
            description = "Run as if started in this directory.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = {"-s", "--stack"},
            paramLabel = "STACK",
            description = "The stack; its configuration is Pulumi.STACK.yaml in the project's stackConfigDir. Default: "
                    + USUAL_STACK + ".")
    private Optional<String> stack = Optional.empty();

    Path directory(Context context) {
        return directory.map(context.directory()::resolve).orElse(context.directory());
    }

    String stack() {
        return stack.orElse(USUAL_STACK);
    }
}
