package dev.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        description = "From a container image to a running, scaled, load-balanced web service, declared in Java.",
        subcommands = {
            UpCommand.class,
            PreviewCommand.class,
            RefreshCommand.class,
            DestroyCommand.class,
            CancelCommand.class,
            StackCommand.class,
            LocalCommand.class,
            ImageCommand.class,
            CommandLine.HelpCommand.class
        })
final class SlipwayCommand implements Runnable {
    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    SlipwayCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }
}
