package dev.slipway.cli;

import dev.slipway.cli.local.LocalControl;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalLauncher;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.CloudOptions;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        subcommands = {
            LocalServeCommand.class,
            LocalEnvCommand.class,
            LocalExplainCommand.class,
            LocalTroubleCommand.class
        },
        description = "Starts, stops and shows the local cloud, which speaks AWS's protocols and really runs images.")
final class LocalCommand implements Runnable {
    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    LocalCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Starts the local cloud as a process of its own; does nothing when it runs already.")
    int start(
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            description = "TCP port on 127.0.0.1; 0 for any free one. Default: SLIPWAY_PORT, else "
                                    + LocalOptions.USUAL_PORT + " or, when that is taken, any free one.")
                    Optional<Integer> port,
            @Option(
                            names = "--runtime",
                            paramLabel = "WAY",
                            description = "How containers run: auto, namespaces (nothing to install) or docker (a"
                                    + " Docker-compatible engine's socket). Default: SLIPWAY_RUNTIME, else auto.")
                    Optional<String> runtime,
            @Option(
                            names = "--iam",
                            paramLabel = "MODE",
                            description =
                                    "What becomes of calls that policies do not allow: enforce (refused, as on AWS) or"
                                            + " audit (let through; `slipway local explain --denied` shows them). Default:"
                                            + " SLIPWAY_IAM, else enforce.")
                    Optional<String> iam) {
        LocalOptions usual = LocalOptions.of(context.environment());
        LocalOptions options = new LocalOptions(
                port.orElse(usual.port()),
                port.isEmpty() && usual.portIsWish(),
                runtime.orElse(usual.runtime()),
                iam.orElse(usual.iam()));
        if (options.port() < 0 || options.port() > 65535) {
            throw new Failure("--port: expected 0 to 65535, got " + options.port());
        }
        CloudOptions.Iam mode = CloudOptions.Iam.of(options.iam())
                .orElseThrow(() -> new Failure("--iam: expected enforce or audit, got `" + options.iam() + "`"));
        LocalProcess process = control(context).ensure(options);
        tell(process);
        if (iam.isPresent()
                && process.notices().stream().noneMatch(notice -> notice.startsWith("iam: " + mode.word()))) {
            throw new Failure("the local cloud runs already, and not with --iam " + mode.word()
                    + "; stop it first: slipway local stop");
        }
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stops the local cloud and every container it runs. What it remembers stays.")
    int stop() {
        boolean ran = control(context).stop();
        context.terminal().out().println(ran ? "The local cloud has stopped." : "The local cloud was not running.");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows whether the local cloud runs; exits 1 when it does not.")
    int status() {
        Optional<LocalProcess> running = control(context).running();
        running.ifPresentOrElse(this::tell, () -> context.terminal()
                .out()
                .println("The local cloud is not running. `slipway local start` starts it."));
        return running.isPresent() ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Stops the local cloud and deletes everything it remembers: accounts, images, services, logs.")
    int reset(
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes) {
        LocalHome home = LocalHome.of(context.environment());
        if (!yes) {
            if (!context.terminal().interactive()) {
                throw new Failure("--yes must be passed in non-interactive mode");
            }
            if (!context.terminal().confirm("Delete everything in " + home.data() + "?")) {
                throw new Failure("reset cancelled; nothing was deleted");
            }
        }
        control(context).reset();
        context.terminal().out().println("The local cloud is stopped and empty.");
        return 0;
    }

    private void tell(LocalProcess process) {
        LocalHome home = LocalHome.of(context.environment());
        PrintStream out = context.terminal().out();
        out.println("The local cloud runs.");
        out.println("  endpoint   " + process.endpoint());
        out.println("  process    " + process.pid());
        out.println("  data       " + home.data());
        out.println("  log        " + home.log());
        process.notices().forEach(notice -> out.println("  " + notice));
    }

    /** Which build of Slipway this process is. */
    static String build() {
        return System.getProperty("slipway.build", "development");
    }

    static LocalControl control(Context context) {
        return new LocalControl(LocalHome.of(context.environment()), new LocalLauncher(Main.class.getName(), build()));
    }
}
