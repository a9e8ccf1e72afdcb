package dev.slipway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        description = "Shows what is recorded of a stack; its commands make, choose, copy and remove stacks.")
final class StackCommand implements Runnable {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-i", "--show-ids"},
            description = "Show each resource's id.")
    private boolean ids;

    @Option(
            names = {"-u", "--show-urns"},
            description = "Show each resource's URN.")
    private boolean urns;

    @Option(names = "--show-secrets", description = "Show secrets in clear.")
    private boolean showSecrets;

    @Option(names = "--show-name", description = "Show only the stack's name.")
    private boolean name;

    StackCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        if (name) {
            context.terminal().out().println(stack.name().stack());
        } else {
            new StackView(context.terminal().out(), urns, ids, showSecrets)
                    .print(stack.name().stack(), workspace.recorded(stack));
        }
    }
}
