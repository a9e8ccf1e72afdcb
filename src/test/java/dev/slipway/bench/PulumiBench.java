package dev.slipway.bench;

import dev.slipway.bench.Bench.Contender;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Both engines on one stack with one service, in turns, each as a whole command: {@code ./slipway}, which runs the program and the provider
 * in its own JVM, and the real Pulumi, which starts the same program and the same provider as processes.
 */
final class PulumiBench implements Benchmark {
    private static final String STACK = "local";

    @Override
    public String name() {
        return "pulumi";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        Bench bench = new Bench(out, 1, 7);
        try {
            Optional<PulumiCli> peer = PulumiCli.ifAny(directory);
            if (peer.isEmpty()) {
                bench.peerAbsent("the Pulumi CLI");
                return;
            }
            UserCommand.awaitArchive(directory);
            Path project = UserCommand.project(directory.resolve("project"));
            var stage = new Stage(directory.resolve("home"), project, peer.get());
            try {
                stage.pulumi("stack", "init", STACK);
                stage.slipway("up", "--yes", "-s", STACK);
                compare(bench, stage, "`preview`, nothing changed", "preview", "--expect-no-changes");
                compare(bench, stage, "`up`, nothing changed", "up", "--yes", "--expect-no-changes");
                compare(bench, stage, "`up --skip-preview`, nothing changed", "up", "--yes", "--skip-preview");
                compare(bench, stage, "`refresh --skip-preview`", "refresh", "--yes", "--skip-preview");
                stage.slipway("destroy", "--yes", "-s", STACK);
            } finally {
                stage.slipway("local", "stop");
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private static void compare(Bench bench, Stage stage, String what, String... command) throws Exception {
        String[] arguments =
                Stream.concat(Arrays.stream(command), Stream.of("-s", STACK)).toArray(String[]::new);
        bench.compare(
                what,
                "ms",
                new Contender("slipway", () -> stage.slipway(arguments)),
                new Contender("pulumi", () -> stage.pulumi(arguments)));
    }

    /** What both commands work on. */
    private record Stage(Path home, Path project, PulumiCli pulumi) {
        double slipway(String... arguments) throws IOException, InterruptedException {
            return timed(UserCommand.of(home, arguments), List.of(arguments));
        }

        double pulumi(String... arguments) throws IOException, InterruptedException {
            return timed(UserCommand.printingNothing(home, pulumi.command(arguments)), List.of(arguments));
        }

        private double timed(ProcessBuilder command, List<String> arguments) throws IOException, InterruptedException {
            Map<String, String> environment = command.environment();
            environment.putAll(pulumi.environment());
            environment.put("PULUMI_BACKEND_URL", "file://" + project);
            long begin = System.nanoTime();
            int code = command.directory(project.toFile()).start().waitFor();
            double millis = (System.nanoTime() - begin) / 1e6;
            if (code != 0) {
                throw new IOException(command.command().get(0) + " " + arguments + " ended with " + code);
            }
            return millis;
        }
    }
}
