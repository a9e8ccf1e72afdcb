package dev.slipway.cli;

import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The local cloud's process in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the local cloud in the foreground until it is told to end (SIGTERM, Ctrl-C).")
final class LocalServeCommand implements Runnable {
    private final Context context;

    @Option(names = "--port", defaultValue = "0", description = "TCP port on 127.0.0.1; 0 for any free one.")
    private int port;

    @Option(names = "--port-is-wish", description = "Take any free port when the one asked for is taken.")
    private boolean portIsWish;

    @Option(names = "--runtime", defaultValue = "auto", description = "auto, namespaces or docker.")
    private String runtime = "auto";

    @Option(names = "--iam", defaultValue = "enforce", description = "enforce or audit.")
    private String iam = "enforce";

    @Option(names = "--tls", description = "Services answer HTTPS; plain HTTP is redirected to it.")
    private boolean tls;

    LocalServeCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        CloudProcess.serve(
                LocalHome.of(context.environment()),
                new LocalOptions(port, portIsWish, runtime, iam, tls),
                context.terminal().out());
    }
}
