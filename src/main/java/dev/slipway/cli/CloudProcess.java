package dev.slipway.cli;

import dev.slipway.cli.local.LocalFailure;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.CloudOptions;
import dev.slipway.cloud.LocalCloud;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The local cloud's own process. */
final class CloudProcess {
    private CloudProcess() {}

    /**
     * What {@link dev.slipway.cli.local.LocalLauncher} starts. It needs no command line's library, whose classes would take a third of
     * the time until the cloud answers.
     *
     * @param arguments {@link LocalOptions#words()}
     */
    public static void main(String[] arguments) {
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            serve(
                    LocalHome.of(System.getenv()),
                    LocalOptions.ofWords(List.of(arguments)),
                    new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (RuntimeException failure) {
            System.exit(Failure.explain(failure, err));
        }
    }

    /** Runs until the process is told to end. */
    static void serve(LocalHome home, LocalOptions options, PrintStream out) {
        try {
            start(home, options, out).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the cloud and writes down that it runs; the latch opens when the process was told to end and the cloud has ended. */
    static CountDownLatch start(LocalHome home, LocalOptions options, PrintStream out) {
        var cloudOptions = new CloudOptions(
                home.data(),
                options.port(),
                options.portIsWish(),
                options.runtime(),
                iam(options.iam()),
                options.tls(),
                InstantSource.system(),
                new SecureRandom());
        try {
            LocalCloud cloud = LocalCloud.start(cloudOptions);
            var ended = new CountDownLatch(1);
            // Until the hook returns the JVM waits, so a clean end frees every container before the process is gone.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cloud.close();
                ended.countDown();
            }));
            LocalProcess.current(cloud.port(), LocalCommand.build(), options.tls(), cloud.notices())
                    .write(home);
            out.println("The local cloud listens on http://127.0.0.1:" + cloud.port());
            cloud.notices().forEach(notice -> out.println("  " + notice));
            return ended;
        } catch (IOException e) {
            throw new LocalFailure("the local cloud can't start: " + e.getMessage());
        }
    }

    static CloudOptions.Iam iam(String word) {
        return CloudOptions.Iam.of(word)
                .orElseThrow(() -> new LocalFailure("--iam: expected enforce or audit, got `" + word + "`"));
    }
}
