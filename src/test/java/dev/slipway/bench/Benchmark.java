package dev.slipway.bench;

import java.io.PrintStream;

/** Something that {@link Benchmarks} can measure and print. */
public interface Benchmark {
    /** A word; what a person names to run this one alone. */
    String name();

    /** Measures and prints; never judges. */
    void run(PrintStream out) throws Exception;
}
