package dev.slipway.testing;

import java.util.Random;

/**
 * How many cases a generated test runs, and from which seed. A few in every build, always the same ones; many with the Maven profile
 * {@code thorough}.
 *
 * <pre>{@code
 * Cases.of(2_000, 100_000).run((random, number) -> assertThat(parse(text(random))).isNotNull());
 * }</pre>
 *
 * <p>System properties: {@code slipway.thorough=true} (what the profile sets), {@code slipway.seed=N} for other cases than the usual
 * ones, {@code slipway.case=N} for that one alone. A failure names the two that show it again.
 */
public final class Cases {
    private static final long USUAL_SEED = 20_261_123;

    private final int count;
    private final long seed;
    private final int first;

    private Cases(int count, long seed, int first) {
        this.count = count;
        this.seed = seed;
        this.first = first;
    }

    /** One generated case; fails by throwing. */
    @FunctionalInterface
    public interface Case {
        /**
         * @param random of this case alone
         * @param number from 0
         */
        void run(Random random, int number) throws Exception;
    }

    /**
     * @param usual how many in every build
     * @param thorough how many on demand
     */
    public static Cases of(int usual, int thorough) {
        long seed = Long.getLong("slipway.seed", USUAL_SEED);
        Integer only = Integer.getInteger("slipway.case");
        return only == null ? new Cases(thorough() ? thorough : usual, seed, 0) : new Cases(1, seed, only);
    }

    /** True in the on-demand profile. */
    public static boolean thorough() {
        return Boolean.getBoolean("slipway.thorough");
    }

    /** How many cases {@link #run} runs. */
    public int count() {
        return count;
    }

    /** What all the cases follow from. */
    public long seed() {
        return seed;
    }

    /** A source of randomness for what the cases share; the same in every run with the same seed. */
    public Random shared() {
        return new Random(mixed(-1));
    }

    /** Runs every case, up to the first that fails. */
    public void run(Case one) {
        for (int number = first; number < first + count; number++) {
            try {
                one.run(new Random(mixed(number)), number);
            } catch (Exception | AssertionError | StackOverflowError failure) {
                throw new AssertionError(
                        "case " + number + " fails; again with -Dslipway.seed=" + seed + " -Dslipway.case=" + number
                                + ": " + failure,
                        failure);
            }
        }
    }

    /** Neighbouring seeds of {@link Random} give alike first numbers; this spreads them (the finalizer of SplitMix64). */
    private long mixed(int number) {
        long z = seed + 0x9e3779b97f4a7c15L * (number + 2L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
