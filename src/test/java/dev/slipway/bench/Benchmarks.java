package dev.slipway.bench;

import java.io.PrintStream;
import java.util.List;

/** What {@code mvn -P bench verify} runs: every benchmark, or those named by {@code -Dslipway.bench=NAME,NAME}. */
public final class Benchmarks {
    private static final List<Benchmark> ALL = List.of(
            new StartUp(),
            new EngineBench(),
            new PulumiBench(),
            new ControlPlane(),
            new RegistryBench(),
            new InstanceBench(),
            new DeployBench(),
            new BalancerBench());

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = List.of(String.join(",", arguments).split("[, ]+"));
        PrintStream out = System.out;
        out.println("java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        for (Benchmark benchmark : ALL) {
            if (wanted.contains("all") || wanted.contains(benchmark.name())) {
                out.println();
                out.println("== " + benchmark.name());
                benchmark.run(out);
            }
        }
        // Clients and servers may leave threads behind; the measuring is over.
        System.exit(0);
    }
}
