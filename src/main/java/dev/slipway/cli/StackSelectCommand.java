package dev.slipway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "select",
        mixinStandardHelpOptions = true,
        description = "Selects the stack that commands mean when they name none. Pulumi selects the same one.")
final class StackSelectCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "The stack's name.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-c", "--create"},
            description = "Make the stack when it is not there.")
    private boolean create;

    StackSelectCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        String wanted = name.or(options::named)
                .or(() -> asked(workspace))
                .map(workspace::ownName)
                .orElseThrow(() -> new Failure("missing stack name: `slipway stack select STACK`; there are: "
                        + String.join(", ", workspace.stacks())));
        if (create && !workspace.stacks().contains(wanted)) {
            StackInitCommand.create(context, workspace, wanted);
        }
        StackInitCommand.select(workspace, workspace.stack(wanted).name().stack());
        return 0;
    }

    private Optional<String> asked(Workspace workspace) {
        return context.terminal().interactive()
                ? context.terminal().ask("Please choose a stack (" + String.join(", ", workspace.stacks()) + ")")
                : Optional.empty();
    }
}
