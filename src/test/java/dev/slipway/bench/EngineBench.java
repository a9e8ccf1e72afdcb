package dev.slipway.bench;

import dev.slipway.bench.EngineStage.Engine;
import dev.slipway.bench.EngineStage.Took;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded engine and the real Pulumi over 10, 1,000 and 10,000 resources, side by side and in chains of ten, in turns, each as the
 * command that a person runs; then the embedded engine alone. The figures that matter most come first, each as soon as it is known.
 *
 * <p>{@code -Dslipway.bench.engine=1000:wide,10000:chains} measures only these; {@code -Dslipway.bench.limit} is the longest that one command
 * may take, in seconds, 900 by default.
 */
final class EngineBench implements Benchmark {
    private static final List<Integer> SIZES = List.of(10, 1_000, 10_000);
    private static final List<String> SHAPES = List.of("wide", "chains");
    private static final int LARGEST = 10_000;

    private final String only = System.getProperty("slipway.bench.engine", "");
    private final int limit = Integer.getInteger("slipway.bench.limit", 900);

    @Override
    public String name() {
        return "engine";
    }

    private boolean wanted(int size, String shape) {
        return only.isEmpty() || List.of(only.split(",", -1)).contains(size + ":" + shape);
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        Optional<EngineStage> stage = EngineStage.in(directory);
        try {
            if (stage.isEmpty()) {
                new Bench(out, 0, 1).peerAbsent("pulumi");
            } else {
                beside(out, stage.get(), directory);
            }
        } finally {
            stage.ifPresent(EngineStage::close);
            Trees.delete(directory);
        }
        new EngineAlone(out).run(this::wanted);
    }

    private void beside(PrintStream out, EngineStage stage, Path directory) throws Exception {
        boolean archived = UserCommand.awaitArchive(directory.resolve("home"));
        out.println(
                "Whole commands, from start to exit, as a person runs them; the same state and the same provider plugin for all, in a process");
        out.println("that is counted for none. slipway: ./slipway " + (archived ? "with" : "WITHOUT")
                + " its class archive, the program in its JVM. pulumi, Java:");
        out.println(
                "the same classes in a JVM that Pulumi's Java host starts, without a build. pulumi, YAML: no SDK, its host interprets.");
        out.println("Memory: the highest resident sizes of all processes of a command, added up.");
        for (int size : SIZES) {
            for (String shape : SHAPES) {
                if (wanted(size, shape)) {
                    new Comparison(out, stage, size, shape).previews();
                }
            }
        }
        for (int size : SIZES) {
            for (String shape : SHAPES) {
                if (wanted(size, shape)) {
                    new Comparison(out, stage, size, shape).ups();
                }
            }
        }
    }

    /** One size in one shape. */
    private final class Comparison {
        private final PrintStream out;
        private final EngineStage stage;
        private final int size;
        private final String shape;
        private final int rounds;

        Comparison(PrintStream out, EngineStage stage, int size, String shape) {
            this.out = out;
            this.stage = stage;
            this.size = size;
            this.shape = shape;
            this.rounds = size == LARGEST ? 1 : size > 10 ? 3 : 7;
        }

        /** All on the state that our own first {@code up} recorded. */
        void previews() throws Exception {
            Path recorded = stage.project(Engine.OURS, size, shape, Optional.empty());
            stage.up(Engine.OURS, recorded, size, shape, limit);
            Map<Engine, Path> projects = new EnumMap<>(Engine.class);
            for (Engine engine : Engine.values()) {
                projects.put(engine, stage.project(engine, size, shape, Optional.of(recorded)));
            }
            turns("preview of no change", engine -> {
                Path project = projects.get(engine);
                return stage.preview(engine, project, size, shape, limit);
            });
            for (Path project : projects.values()) {
                Trees.delete(project);
            }
            Trees.delete(recorded);
        }

        void ups() throws Exception {
            turns("first up", engine -> {
                Path project = stage.project(engine, size, shape, Optional.empty());
                Took took = stage.up(engine, project, size, shape, limit);
                Trees.delete(project);
                return took;
            });
        }

        private void turns(String what, Turn turn) throws Exception {
            out.printf(Locale.ROOT, "%,d resources, %s, %s (load %s)%n", size, shape, what, load());
            Map<Engine, List<Took>> all = new EnumMap<>(Engine.class);
            for (int round = 0; round < rounds; round++) {
                for (Engine engine : Engine.values()) {
                    Took took = turn.of(engine);
                    all.computeIfAbsent(engine, none -> new ArrayList<>()).add(took);
                    if (rounds == 1) {
                        print(engine, all);
                    }
                }
            }
            if (rounds > 1) {
                for (Engine engine : Engine.values()) {
                    print(engine, all);
                }
            }
        }

        private void print(Engine engine, Map<Engine, List<Took>> all) {
            List<Took> took = all.getOrDefault(engine, List.of());
            Took ours = median(all.getOrDefault(Engine.OURS, took));
            Took now = median(took);
            double[] sorted =
                    Bench.sorted(took.stream().mapToDouble(Took::millis).toArray());
            String beside = engine == Engine.OURS
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "   %s%.1f x the time, %.1f x the memory",
                            now.stopped() ? "at least " : "",
                            now.millis() / ours.millis(),
                            now.mebibytes() / ours.mebibytes());
            out.printf(
                    Locale.ROOT,
                    "  %-32s %s%9.0f ms (%.0f to %.0f) %6.0f MiB%s%n",
                    engine.text,
                    now.stopped() ? ">" : " ",
                    now.millis(),
                    sorted[0],
                    sorted[sorted.length - 1],
                    now.mebibytes(),
                    beside);
        }
    }

    /** One command. */
    private interface Turn {
        Took of(Engine engine) throws Exception;
    }

    static Took median(List<Took> all) {
        double[] millis = Bench.sorted(all.stream().mapToDouble(Took::millis).toArray());
        double[] memory = Bench.sorted(all.stream().mapToDouble(Took::mebibytes).toArray());
        return new Took(
                millis[all.size() / 2], memory[all.size() / 2], all.stream().anyMatch(Took::stopped));
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.isReadable(load) ? Files.readString(load).split(" ", 2)[0] : "unknown";
    }
}
