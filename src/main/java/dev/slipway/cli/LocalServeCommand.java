package dev.slipway.cli;

import dev.slipway.cli.local.LocalHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The local cloud's process in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the local cloud in the foreground until it is told to end (SIGTERM, Ctrl-C).")
final class LocalServeCommand implements Runnable {
    private final Context context;

    @Mixin
    private final CloudFlags flags = new CloudFlags();

    LocalServeCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        LocalHome home = LocalHome.of(context.environment());
        CloudProcess.serve(
                home,
                flags.options(context.environment()).preferring(home.port()),
                context.terminal().out());
    }
}
