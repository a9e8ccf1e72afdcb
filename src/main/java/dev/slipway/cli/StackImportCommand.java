package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Takes a deployment that `stack export` printed, from standard input, in the place of the stack's record.")
final class StackImportCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "Read this file instead.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-f", "--force"},
            description = "Also a deployment that has mistakes or is of another stack (not recommended).")
    private boolean force;

    StackImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        List<String> warnings =
                workspace.store().editor(stack.name(), stack.secrets()).take(document(), stack.secrets(), force);
        warnings.forEach(warning -> context.terminal().err().println("warning: " + warning));
        context.terminal().out().println("Import complete.");
        return 0;
    }

    private String document() {
        try {
            return file.isPresent()
                    ? Files.readString(context.directory().resolve(file.get()))
                    : context.terminal().in().lines().collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw Failure.reading(file.map(Path::toString).orElse("the standard input"), e);
        }
    }
}
