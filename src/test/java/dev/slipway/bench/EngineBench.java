package dev.slipway.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine over 10, 1,000 and 10,000 resources, side by side and in chains of ten, with a provider that takes no time and a real
 * disk: each run in a process of its own. Prints wall time, peak memory, and how both grow; and beside it the real Pulumi engine, which takes
 * the same resources from a YAML program, up to 1,000 of them.
 */
final class EngineBench implements Benchmark {
    private static final int[] SIZES = {10, 1_000, 10_000};
    private static final int ROUNDS = 3;
    private static final int MOST_FOR_PEER = 1_000;

    @Override
    public String name() {
        return "engine";
    }

    /** What one run took: the engine alone, and the whole process from its start to its end. */
    record Took(double millis, double mebibytes, double processMillis) {}

    @Override
    public void run(PrintStream out) throws Exception {
        alone(out);
        Path directory = Files.createTempDirectory("slipway-bench");
        Optional<EnginePeer> peer = EnginePeer.in(directory);
        try {
            if (peer.isEmpty()) {
                new Bench(out, 0, 1).peerAbsent("pulumi");
            } else {
                beside(out, peer.get());
            }
        } finally {
            peer.ifPresent(EnginePeer::close);
            Trees.delete(directory);
        }
    }

    private static void beside(PrintStream out, EnginePeer peer) throws Exception {
        for (int size : SIZES) {
            // The peer takes minutes for the larger one.
            var bench = new Bench(out, 0, size < MOST_FOR_PEER ? ROUNDS : 1);
            if (size > MOST_FOR_PEER) {
                continue;
            }
            Path[] state = {Path.of("")};
            Bench.Turn ours = () -> {
                state[0] = Files.createTempDirectory("slipway-bench");
                Took up = once("up", "java", "wide", size, state[0]);
                Took preview = once("preview", "java", "wide", size, state[0]);
                Trees.delete(state[0]);
                return new double[] {
                    up.processMillis(), preview.processMillis(), Math.max(up.mebibytes(), preview.mebibytes())
                };
            };
            List<Bench.Measure> measures = List.of(
                    new Bench.Measure("first up, whole process", "ms"),
                    new Bench.Measure("preview of no change, whole process", "ms"),
                    new Bench.Measure("peak memory, engine and program", "MiB"));
            bench.compare(size + " resources", measures, "ours, Java", ours, "pulumi, YAML", () -> peer.turn(size));
        }
    }

    private static void alone(PrintStream out) throws Exception {
        for (String program : List.of("direct", "java")) {
            for (String shape : List.of("wide", "chains")) {
                out.println(program + " program, " + shape);
                Took @Nullable [] before = null;
                for (int size : SIZES) {
                    before = measure(out, program, shape, size, before);
                }
            }
        }
    }

    private static Took[] measure(PrintStream out, String program, String shape, int size, Took @Nullable [] smaller)
            throws IOException, InterruptedException {
        List<Took> ups = new ArrayList<>();
        List<Took> previews = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path state = Files.createTempDirectory("slipway-bench");
            try {
                ups.add(once("up", program, shape, size, state));
                previews.add(once("preview", program, shape, size, state));
            } finally {
                Trees.delete(state);
            }
        }
        Took[] now = {median(ups), median(previews)};
        print(out, size + " resources, first up", now[0], smaller == null ? null : smaller[0]);
        print(out, size + " resources, preview of no change", now[1], smaller == null ? null : smaller[1]);
        return now;
    }

    private static void print(PrintStream out, String what, Took took, @Nullable Took smaller) {
        String growth = smaller == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "   (%.1f x the time, %.1f x the memory)",
                        took.millis() / smaller.millis(),
                        took.mebibytes() / smaller.mebibytes());
        out.printf(Locale.ROOT, "  %-44s %10.0f ms %8.0f MiB%s%n", what, took.millis(), took.mebibytes(), growth);
    }

    private static Took median(List<Took> all) {
        double[] millis = Bench.sorted(all.stream().mapToDouble(Took::millis).toArray());
        double[] memory = Bench.sorted(all.stream().mapToDouble(Took::mebibytes).toArray());
        return new Took(millis[all.size() / 2], memory[all.size() / 2], 0);
    }

    /** In a process with the launcher's own settings of the JVM. */
    private static Took once(String operation, String program, String shape, int size, Path state)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineLoad.class.getName(),
                        operation,
                        program,
                        shape,
                        Integer.toString(size),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(operation + " of " + size + " ended with " + process.exitValue() + ": " + said);
        }
        String[] figures = said.substring(said.lastIndexOf('\n') + 1).split(" ");
        boolean changed = Boolean.parseBoolean(figures[2]);
        if (changed != operation.equals("up")) {
            throw new IOException("a first up changes everything and a preview after it nothing; not so: " + said);
        }
        double wall = (System.nanoTime() - begin) / 1e6;
        return new Took(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), wall);
    }
}
