package dev.slipway.cli;

import dev.slipway.cli.local.LocalFailure;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.CloudOptions;
import dev.slipway.cloud.LocalCloud;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the local cloud's own process runs. */
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

    LocalServeCommand(Context context) {
        this.context = context;
    }

    private CloudOptions.Iam iam() {
        return CloudOptions.Iam.of(iam)
                .orElseThrow(() -> new LocalFailure("--iam: expected enforce or audit, got `" + iam + "`"));
    }

    @Override
    public void run() {
        LocalHome home = LocalHome.of(context.environment());
        var options = new CloudOptions(
                home.data(),
                port,
                portIsWish,
                runtime,
                iam(),
                InstantSource.system(),
                RandomGenerator.of("SecureRandom"));
        try {
            LocalCloud cloud = LocalCloud.start(options);
            var ended = new CountDownLatch(1);
            // Until the hook returns the JVM waits, so a clean end frees every container before the process is gone.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cloud.close();
                ended.countDown();
            }));
            LocalProcess.current(cloud.port(), LocalCommand.build(), cloud.notices())
                    .write(home);
            context.terminal().out().println("The local cloud listens on http://127.0.0.1:" + cloud.port());
            cloud.notices().forEach(notice -> context.terminal().out().println("  " + notice));
            ended.await();
        } catch (IOException e) {
            throw new LocalFailure("the local cloud can't start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
