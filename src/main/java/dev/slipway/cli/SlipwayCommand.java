package dev.slipway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a command; {@link Commands} adds those there are. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        description = "From a container image to a running, scaled, load-balanced web service, declared in Java.")
final class SlipwayCommand implements Runnable {
    private final Context context;

    @Mixin
    @SuppressWarnings("UnusedVariable") // filled by picocli, read through the context
    private final GlobalOptions options;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    SlipwayCommand(Context context) {
        this.context = context;
        this.options = context.options();
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }
}
