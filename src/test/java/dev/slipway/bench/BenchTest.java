package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Bench bench = new Bench(new PrintStream(printed, true, StandardCharsets.UTF_8), 1, 3);

    @Test
    void contendersTakeTurnsAndWarmUpsDoNotCount() throws Exception {
        List<String> order = new ArrayList<>();
        Iterator<Double> ours = List.of(1000.0, 6.0, 4.0, 8.0).iterator();
        Iterator<Double> peers = List.of(1.0, 3.0, 2.0, 9.0).iterator();

        double ratio = bench.compare(
                "work",
                "u",
                new Bench.Contender("ours", () -> {
                    order.add("ours");
                    return ours.next();
                }),
                new Bench.Contender("peer", () -> {
                    order.add("peer");
                    return peers.next();
                }));

        assertThat(ratio).isEqualTo(2.0);
        assertThat(order).containsExactly("peer", "ours", "ours", "peer", "peer", "ours", "ours", "peer");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("6.00 u", "(4.00 to 8.00)", "2.00 x");
    }

    @Test
    void aQuantileIsAFigureThatWasMeasured() {
        double[] sorted = Bench.sorted(new double[] {4, 1, 3, 2});
        assertThat(Bench.quantile(sorted, 0.5)).isEqualTo(2);
        assertThat(Bench.quantile(sorted, 0.99)).isEqualTo(4);
    }
}
