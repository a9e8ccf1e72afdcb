package dev.slipway.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.local.LocalControl;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalLauncher;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.LocalCloud;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            description =
                    "Starts the local cloud as a process of its own; does nothing when it runs already, and fails when"
                            + " it runs otherwise than flags or variables ask.")
    int start(@Mixin CloudFlags flags) {
        LocalProcess process = control(context.environment()).ensure(flags.options(context.environment()));
        flags.missedBy(process, context.environment()).ifPresent(asked -> {
            throw new Failure(
                    "the local cloud runs already, and not with " + asked + "; stop it first: slipway local stop");
        });
        tell(process);
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stops the local cloud and every container it runs. What it remembers stays.")
    int stop() {
        boolean ran = control(context.environment()).stop();
        context.terminal().out().println(ran ? "The local cloud has stopped." : "The local cloud was not running.");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows whether the local cloud runs; exits 1 when it does not.")
    int status(@Option(names = "--json", description = "As JSON.") boolean json) {
        Optional<LocalProcess> running = control(context.environment()).running();
        if (json) {
            context.terminal().out().println(status(running));
            return running.isPresent() ? 0 : 1;
        }
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
        requireOwn(home.data());
        if (!yes) {
            if (!context.terminal().interactive()) {
                throw new Failure("--yes must be passed in non-interactive mode");
            }
            if (!context.terminal().confirm("Delete everything in " + home.data() + "?")) {
                throw new Failure("reset cancelled; nothing was deleted");
            }
        }
        control(context.environment()).reset();
        context.terminal().out().println("The local cloud is stopped and empty.");
        context.terminal()
                .out()
                .println("Stacks that were deployed to it do not know that; `slipway refresh` tells them.");
        return 0;
    }

    /** A wrong SLIPWAY_HOME must not cost anybody their files. */
    private static void requireOwn(Path data) {
        try {
            if (!LocalCloud.owns(data)) {
                throw new Failure(
                        data + " holds other files than a local cloud's; nothing was deleted. Check SLIPWAY_HOME");
            }
        } catch (IOException e) {
            throw new Failure("can't look into " + data + ": " + e.getMessage());
        }
    }

    private String status(Optional<LocalProcess> running) {
        LocalHome home = LocalHome.of(context.environment());
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("running", running.isPresent());
        running.ifPresent(process -> {
            json.put("endpoint", process.endpoint().toString());
            json.put("pid", process.pid());
        });
        json.put("data", home.data().toString());
        json.put("log", home.log().toString());
        running.ifPresent(process -> process.notices().forEach(json.withArray("notices")::add));
        return json.toPrettyString();
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

    static LocalControl control(Map<String, String> environment) {
        return new LocalControl(LocalHome.of(environment), new LocalLauncher(CloudProcess.class.getName(), build()));
    }
}
