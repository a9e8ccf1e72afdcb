package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Prints the stack's record as Pulumi exports it.")
final class StackExportCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "Write to this file instead.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--show-secrets", description = "Secrets in clear.")
    private boolean showSecrets;

    StackExportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        String json = workspace.store().export(stack.name(), stack.secrets(), showSecrets);
        try {
            if (file.isPresent()) {
                Files.writeString(context.directory().resolve(file.get()), json + "\n");
            } else {
                context.terminal().out().println(json);
            }
        } catch (IOException e) {
            throw new Failure("can't write " + file.get() + ": " + e.getMessage());
        }
        return 0;
    }
}
