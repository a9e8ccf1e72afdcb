package dev.slipway.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Compares two contenders on a machine that is never quiet: they take turns, so that what disturbs one disturbs the other, and the result
 * is a ratio of medians. Says nothing about who should win.
 */
public final class Bench {
    private final PrintStream out;
    private final int warmUps;
    private final int rounds;

    /**
     * @param warmUps rounds that are not counted
     * @param rounds rounds that are, at least 1
     */
    public Bench(PrintStream out, int warmUps, int rounds) {
        this.out = out;
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    /** Something that can be done again and again. */
    @FunctionalInterface
    public interface Work {
        /** Does it once and gives the figure: more is better for a rate, less for a time; both contenders in the same unit. */
        double once() throws Exception;
    }

    /** A name to print and what it does. */
    public record Contender(String name, Work work) {}

    /** The counted figures of a contender. */
    public record Figures(double median, double least, double most) {
        static Figures of(List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Figures(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }

        String text(String unit) {
            return String.format(Locale.ROOT, "%12.2f %-8s (%.2f to %.2f)", median, unit, least, most);
        }
    }

    /** Measures one that has nobody to be compared with. */
    public Figures alone(String what, String unit, Work work) throws Exception {
        Figures figures = measured(List.of(new Contender("", work))).get(0);
        out.printf(Locale.ROOT, "%-44s %s%n", what, figures.text(unit));
        return figures;
    }

    /** Measures two in turns and prints {@code ours / peer} of their medians. */
    public double compare(String what, String unit, Contender ours, Contender peer) throws Exception {
        List<Figures> figures = measured(List.of(ours, peer));
        double ratio = figures.get(0).median() / figures.get(1).median();
        out.println(what);
        out.printf(Locale.ROOT, "  %-42s %s%n", ours.name(), figures.get(0).text(unit));
        out.printf(Locale.ROOT, "  %-42s %s%n", peer.name(), figures.get(1).text(unit));
        out.printf(Locale.ROOT, "  %-42s %12.2f x%n", "ratio " + ours.name() + " / " + peer.name(), ratio);
        return ratio;
    }

    /** Says that the peer is not there; what is ours is measured alone. */
    public void peerAbsent(String peer) {
        out.println("peer absent: " + peer + " is not installed on this machine");
    }

    private List<Figures> measured(List<Contender> contenders) throws Exception {
        List<List<Double>> values = new ArrayList<>();
        contenders.forEach(contender -> values.add(new ArrayList<>()));
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                // Who begins changes, because whoever comes second finds the caches as the first one left them.
                int turn = (i + Math.floorMod(round, contenders.size())) % contenders.size();
                double figure = contenders.get(turn).work().once();
                if (round >= 0) {
                    values.get(turn).add(figure);
                }
            }
        }
        return values.stream().map(Figures::of).toList();
    }

    /** The smallest of the sorted figures that {@code share} (0 to 1) of them do not exceed. */
    public static double quantile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** A copy in ascending order. */
    public static double[] sorted(double[] figures) {
        double[] copy = figures.clone();
        Arrays.sort(copy);
        return copy;
    }
}
