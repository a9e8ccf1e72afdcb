package dev.slipway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Takes away the lock that another run holds on the stack. Only for a run that has died: two runs at"
                        + " once on one stack lose track of what they made.")
final class CancelCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    CancelCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        var stack = workspace.stack(options.stack());
        if (!yes && !context.terminal().interactive()) {
            throw new Failure("--yes must be passed in non-interactive mode");
        }
        if (!yes && !context.terminal().confirm("Take away the lock on the stack '" + options.stack() + "'?")) {
            throw new Failure("nothing was changed");
        }
        String told = workspace
                .store()
                .breakLock(stack.name())
                .map(holder -> "The lock is gone; it was held by " + holder + ".")
                .orElse("The stack '" + options.stack() + "' is not locked.");
        context.terminal().out().println(told);
        return 0;
    }
}
