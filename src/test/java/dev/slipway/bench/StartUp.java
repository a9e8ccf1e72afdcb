package dev.slipway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * From the start of a new process to its first answer: the local cloud on an empty directory and on one that was used, the command
 * that starts it, and a whole {@code ./slipway up} that changes nothing.
 */
final class StartUp implements Benchmark {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        try {
            // The launcher builds what it needs first.
            UserCommand.awaitArchive(directory);
            Bench bench = new Bench(out, 1, 9);
            int[] number = {0};
            bench.alone(
                    "`local serve`, nothing there, first answer",
                    "ms",
                    () -> serve(directory.resolve("new" + number[0]++)));
            Path used = directory.resolve("used");
            serve(used);
            bench.alone("`local serve`, used before, first answer", "ms", () -> serve(used));
            bench.alone("`local start`, used before, until it returns", "ms", () -> start(used));
            Path home = directory.resolve("home");
            Path project = UserCommand.project(directory.resolve("project"));
            try {
                up(home, project);
                bench.alone("`up` of one service, nothing changed", "ms", () -> up(home, project));
            } finally {
                UserCommand.run(home, "local", "stop");
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private static double start(Path home) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int code = UserCommand.run(home, "local", "start");
        double millis = (System.nanoTime() - begin) / 1e6;
        UserCommand.run(home, "local", "stop");
        if (code != 0) {
            throw new IOException("`local start` ended with " + code);
        }
        return millis;
    }

    private static double serve(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Files.deleteIfExists(home.resolve("local.json"));
        long begin = System.nanoTime();
        Process process = UserCommand.of(home, "local", "serve", "--port", "0").start();
        try {
            while (!answers(home)) {
                if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
                    throw new IOException("the local cloud did not answer");
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean answers(Path home) throws IOException {
        OptionalInt port = UserCommand.port(home);
        if (port.isEmpty()) {
            return false;
        }
        var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port.getAsInt() + "/_slipway/health")
                .toURL()
                .openConnection();
        return connection.getResponseCode() == 200;
    }

    private static double up(Path home, Path project) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int code = UserCommand.of(home, "up", "--yes")
                .directory(project.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("`up` ended with " + code);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
