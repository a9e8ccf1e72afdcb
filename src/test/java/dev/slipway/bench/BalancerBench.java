package dev.slipway.bench;

import dev.slipway.bench.Bench.Measure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests through the balancer beside Debian's HAProxy: the same nginx behind both, the same wrk before them, in turns. Time of the
 * processor for each request is the figure that a busy machine disturbs least. Each proxy has its processors for itself unless
 * {@code -Dslipway.bench.pinned=false}; the output says which.
 */
final class BalancerBench implements Benchmark {
    private static final int SECONDS = Integer.getInteger("slipway.bench.seconds", 5);
    private static final int ROUNDS = Integer.getInteger("slipway.bench.rounds", 5);
    private static final Path WRK = Path.of("/usr/bin/wrk");
    private static final List<Measure> MEASURES = List.of(
            new Measure("requests", "/s"),
            new Measure("p50", "ms"),
            new Measure("p99", "ms"),
            new Measure("cpu each request", "us"));

    @Override
    public String name() {
        return "balancer";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Bench bench = new Bench(out, 1, ROUNDS);
        for (Path tool : List.of(WRK, ProxyPeer.NGINX)) {
            if (!Files.isExecutable(tool)) {
                bench.peerAbsent(tool.getFileName().toString());
                return;
            }
        }
        Path directory = Files.createTempDirectory("slipway-bench");
        try (ProxyPeer backend = ProxyPeer.nginx(directory.resolve("nginx"));
                ProxyPeer ours = ProxyPeer.slipway(backend)) {
            out.println(ProxyPeer.layout());
            for (Load load : Load.ALL) {
                // More than this no proxy can reach: load and targets have no more processors for themselves then.
                bench.alone(load + ", no proxy between", "/s", () -> requests(wrk(backend, load, SECONDS)));
            }
            warmUp(ours);
            if (!Files.isExecutable(ProxyPeer.HAPROXY)) {
                bench.peerAbsent("haproxy");
                for (Load load : Load.ALL) {
                    bench.alone(load + ", requests", "/s", () -> run(ours, load)[0]);
                }
                return;
            }
            try (ProxyPeer haproxy = ProxyPeer.haproxy(directory.resolve("haproxy"), backend)) {
                for (Load load : Load.ALL) {
                    bench.compare(
                            load.toString(),
                            MEASURES,
                            "slipway",
                            () -> run(ours, load),
                            "haproxy",
                            () -> run(haproxy, load));
                }
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private record Load(int connections, String file) {
        static final List<Load> ALL =
                List.of(new Load(64, "small"), new Load(256, "small"), new Load(64, "large"), new Load(256, "large"));

        @Override
        public String toString() {
            return connections + " connections, " + (file.equals("small") ? "200 B" : "1 MiB");
        }
    }

    /** Until the compiler has seen all that is hot. */
    private static void warmUp(ProxyPeer ours) throws Exception {
        for (Load load : Load.ALL) {
            wrk(ours, load, 4 * SECONDS);
        }
    }

    private static double[] run(ProxyPeer proxy, Load load) throws Exception {
        double before = proxy.cpuSeconds();
        String report = wrk(proxy, load, SECONDS);
        double used = proxy.cpuSeconds() - before;
        if (report.contains("Socket errors") || report.contains("Non-2xx")) {
            throw new IOException("the load was not answered as it should: " + report);
        }
        double requests = number(report, "([0-9]+) requests in");
        return new double[] {requests(report), millis(report, "50%"), millis(report, "99%"), 1e6 * used / requests};
    }

    private static String wrk(ProxyPeer proxy, Load load, int seconds) throws Exception {
        Process process = new ProcessBuilder(ProxyPeer.onTheEnds(List.of(
                        WRK.toString(),
                        "-t1",
                        "-c" + load.connections(),
                        "-d" + seconds + "s",
                        "--timeout",
                        "20s",
                        "--latency",
                        "http://127.0.0.1:" + proxy.port() + "/" + load.file())))
                .redirectErrorStream(true)
                .start();
        String report = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("wrk failed: " + report);
        }
        return report;
    }

    private static double requests(String report) {
        return number(report, "Requests/sec: +([0-9.]+)");
    }

    private static double millis(String report, String quantile) {
        Matcher match = match(report, " " + quantile + " +([0-9.]+)(us|ms|s)");
        double scale =
                switch (match.group(2)) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    default -> 1e3;
                };
        return scale * Double.parseDouble(match.group(1));
    }

    private static double number(String report, String form) {
        return Double.parseDouble(match(report, form).group(1));
    }

    private static Matcher match(String report, String form) {
        Matcher match = Pattern.compile(form).matcher(report);
        if (!match.find()) {
            throw new IllegalStateException(String.format(Locale.ROOT, "no %s in: %s", form, report));
        }
        return match;
    }
}
