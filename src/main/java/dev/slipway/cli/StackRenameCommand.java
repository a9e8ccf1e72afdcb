package dev.slipway.cli;

import dev.slipway.engine.state.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rename",
        mixinStandardHelpOptions = true,
        description =
                "Renames the stack, its configuration file and every resource's URN. Nothing that is deployed changes.")
final class StackRenameCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Parameters(paramLabel = "NEW-NAME", description = "The new name.")
    private String newName = "";

    StackRenameCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        String old = stack.name().stack();
        StackName young = workspace.unchecked(workspace.ownName(newName)).name();
        Path oldFile = workspace.project().stackFile(old);
        Path youngFile = workspace.project().stackFile(young.stack());
        if (young.equals(stack.name())) {
            throw new Failure("the stack is named '" + old + "' already");
        }
        if (Files.exists(oldFile) && Files.exists(youngFile)) {
            throw new Failure("there is a file " + youngFile + " already; remove it or choose another name");
        }
        boolean selected = workspace.selection().read().filter(old::equals).isPresent();
        if (workspace.store().exists(stack.name())) {
            workspace.store().editor(stack.name(), stack.secrets()).rename(young);
        }
        try {
            if (Files.exists(oldFile)) {
                Files.move(oldFile, youngFile);
            }
        } catch (IOException e) {
            throw new Failure("the stack is renamed, but its file " + oldFile + " can't be: " + e.getMessage());
        }
        if (selected) {
            StackInitCommand.select(workspace, young.stack());
        }
        context.terminal().out().println("Renamed " + old + " to " + young.stack());
        return 0;
    }
}
