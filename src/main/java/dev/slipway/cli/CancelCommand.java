package dev.slipway.cli;

import dev.slipway.engine.state.StackName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private final YesOption yes = new YesOption();

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "The stack, instead of --stack.")
    private Optional<String> named = Optional.empty();

    CancelCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options.or(named));
        StackName stack = workspace.stack().name();
        yes.approve(context, "Take away the lock on the stack '" + stack.stack() + "'?");
        String told = workspace
                .store()
                .breakLock(stack)
                .map(holder -> "The lock is gone; it was held by " + holder + ".")
                .orElse("The stack '" + stack.stack() + "' is not locked.");
        context.terminal().out().println(told);
        return 0;
    }
}
