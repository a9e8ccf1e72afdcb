package dev.slipway.bench;

import dev.slipway.bench.EngineStage.Took;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine without its command and with the provider in its own JVM, as Slipway's is: the run alone, without the start of the
 * process; from a Java program, and from one that calls the engine directly. Prints how time and memory grow.
 */
record EngineAlone(PrintStream out) {
    private static final int[] SIZES = {10, 1_000, 10_000};
    private static final int ROUNDS = 3;

    void run(BiPredicate<Integer, String> wanted) throws Exception {
        for (String program : List.of("direct", "java")) {
            for (String shape : List.of("wide", "chains")) {
                Took @Nullable [] before = null;
                for (int size : SIZES) {
                    if (wanted.test(size, shape)) {
                        if (before == null) {
                            out.println("the engine alone, " + program + " program, " + shape);
                        }
                        before = measure(out, program, shape, size, before);
                    }
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
        Took[] now = {EngineBench.median(ups), EngineBench.median(previews)};
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

    /** In a process with the launcher's own settings of the JVM, but without its archive. */
    private static Took once(String operation, String program, String shape, int size, Path state)
            throws IOException, InterruptedException {
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
        return new Took(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), false);
    }
}
