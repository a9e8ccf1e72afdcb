package dev.slipway.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

    /** Something that gives several figures each time it is done. */
    @FunctionalInterface
    public interface Turn {
        double[] once() throws Exception;
    }

    /** What one of several figures is. */
    public record Measure(String name, String unit) {}

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
        Figures figures = measured(1, List.of(turn(work))).get(0).get(0);
        out.printf(Locale.ROOT, "%-44s %s%n", what, figures.text(unit));
        return figures;
    }

    /** Measures two in turns and prints {@code ours / peer} of their medians. */
    public double compare(String what, String unit, Contender ours, Contender peer) throws Exception {
        List<List<Figures>> figures = measured(1, List.of(turn(ours.work()), turn(peer.work())));
        out.println(what);
        return print(
                ours.name(), figures.get(0).get(0), peer.name(), figures.get(1).get(0), unit);
    }

    /** The same for several figures that each turn gives, in the order of {@code measures}. */
    public void compare(String what, List<Measure> measures, String ours, Turn oursTurn, String peer, Turn peersTurn)
            throws Exception {
        List<List<Figures>> figures = measured(measures.size(), List.of(oursTurn, peersTurn));
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i);
            out.println(what + ", " + measure.name());
            print(ours, figures.get(0).get(i), peer, figures.get(1).get(i), measure.unit());
        }
    }

    private double print(String ours, Figures ourFigures, String peer, Figures peersFigures, String unit) {
        double ratio = ourFigures.median() / peersFigures.median();
        out.printf(Locale.ROOT, "  %-42s %s%n", ours, ourFigures.text(unit));
        out.printf(Locale.ROOT, "  %-42s %s%n", peer, peersFigures.text(unit));
        out.printf(Locale.ROOT, "  %-42s %12.2f x%n", "ratio " + ours + " / " + peer, ratio);
        return ratio;
    }

    private static Turn turn(Work work) {
        return () -> new double[] {work.once()};
    }

    /** Says that the peer is not there; what is ours is measured alone. */
    public void peerAbsent(String peer) {
        out.println("peer absent: " + peer + " is not installed on this machine");
    }

    /** For each contender the figures of each measure. */
    private List<List<Figures>> measured(int measures, List<Turn> contenders) throws Exception {
        List<List<List<Double>>> values = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            values.add(Stream.<List<Double>>generate(ArrayList::new)
                    .limit(measures)
                    .toList());
        }
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                // Who begins changes, because whoever comes second finds the caches as the first one left them.
                int turn = (i + Math.floorMod(round, contenders.size())) % contenders.size();
                double[] figures = contenders.get(turn).once();
                for (int measure = 0; round >= 0 && measure < measures; measure++) {
                    values.get(turn).get(measure).add(figures[measure]);
                }
            }
        }
        return values.stream()
                .map(each -> each.stream().map(Figures::of).toList())
                .toList();
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
