package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        description =
                "Removes a stack: its record, its history and its configuration file. What it deployed must have been"
                        + " destroyed before.")
final class StackRemoveCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Mixin
    private final YesOption yes = new YesOption();

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "The stack's name.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-f", "--force"},
            description =
                    "Also one that still has resources: they stay where they are, and nobody knows of them any more.")
    private boolean force;

    @Option(names = "--preserve-config", description = "Leave the configuration file where it is.")
    private boolean preserveConfig;

    @Option(names = "--remove-backups", description = "Remove the backups of its record, too.")
    private boolean removeBackups;

    StackRemoveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options.or(name));
        Workspace.Stack stack = workspace.stack();
        String own = stack.name().stack();
        boolean recorded = workspace.store().exists(stack.name());
        boolean resources = recorded
                && workspace
                        .load(stack)
                        .map(found -> !found.resources().isEmpty())
                        .orElse(false);
        if (resources && !force) {
            throw new Failure(
                    "'" + own + "' still has resources; removal rejected. Destroy them first (`slipway destroy -s "
                            + own + "`), or pass --force to leave them running and forget them");
        }
        yes.approve(context, "This will permanently remove the '" + own + "' stack! Go on?");
        if (recorded) {
            workspace.store().remove(stack.name(), stack.secrets(), force, removeBackups);
        }
        if (!preserveConfig) {
            delete(workspace.project().stackFile(own));
        }
        if (workspace.selection().read().filter(own::equals).isPresent()) {
            workspace.selection().write(Optional.empty());
        }
        context.terminal().out().println("Stack '" + own + "' has been removed!");
        return 0;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure("the configuration file " + file + " can't be removed: " + e.getMessage());
        }
    }
}
