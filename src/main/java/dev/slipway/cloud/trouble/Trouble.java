package dev.slipway.cloud.trouble;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong on purpose.
 *
 * @param id names it, for example {@code t-3}; given by {@link Troubles#add}
 * @param calls how many more calls, or deletions, it strikes; null for any number
 * @param probability of striking a call that it could strike, above 0 and at most 1
 * @param seed makes the draws of {@code probability} repeatable; null for other draws each time
 * @param time how late an answer is ({@code slow}, at most five minutes), how long it lasts ({@code maintenance}), how late changes are
 *     seen ({@code iam-propagation}, default 8 seconds), by how much the clock is wrong ({@code clock}, {@code skew}; may be negative)
 * @param speed how many seconds pass in the cloud in one second ({@code clock}); above 0 and at most 1,000,000, default 1
 * @param since when it was set, by the machine's clock
 */
public record Trouble(
        String id,
        Kind kind,
        Scope scope,
        @Nullable Integer calls,
        double probability,
        @Nullable Long seed,
        @Nullable Duration time,
        double speed,
        Instant since) {
    static final Duration SLOWEST = Duration.ofMinutes(5);
    /** As long as it mostly takes on AWS, of which AWS says no more than that it is seconds. */
    private static final Duration USUAL_PROPAGATION = Duration.ofSeconds(8);

    private static final Duration LONGEST = Duration.ofDays(3650);

    public Trouble {
        requireNonNull(kind, "kind is null");
        time = time == null && kind == Kind.IAM_PROPAGATION ? USUAL_PROPAGATION : time;
        check(
                kind.needsTime() == (time != null) || kind == Kind.CLOCK,
                kind.needsTime() ? kind.word() + " needs a time" : kind.word() + " takes no time");
        Scope taken = kind.takes(scope);
        check(taken.equals(scope), kind.word() + " cannot be for " + scope.without(taken) + " only");
        check(time == null || time.abs().compareTo(LONGEST) <= 0, "the time must be at most ten years");
        check(
                time == null || !time.isNegative() || kind == Kind.CLOCK || kind == Kind.SKEW,
                "the time must not be negative");
        check(time == null || kind != Kind.SLOW || time.compareTo(SLOWEST) <= 0, "slow: at most five minutes");
        check(calls == null || calls > 0, "the number of calls must be at least 1");
        check(probability > 0 && probability <= 1, "the probability must be above 0 and at most 1");
        check(
                kind.counts() || (calls == null && probability == 1),
                kind.word() + " strikes no single calls: it takes neither a number of calls nor a probability");
        check(speed > 0 && speed <= 1_000_000, "the speed must be above 0 and at most 1000000");
        check(kind != Kind.CLOCK || time != null || speed != 1, "clock needs a time or a speed");
        check(kind == Kind.CLOCK || speed == 1, kind.word() + " takes no speed");
    }

    /** A trouble of a kind for everybody, until it is cleared. */
    public static Trouble of(Kind kind, @Nullable Duration time) {
        return new Trouble("", kind, Scope.ALL, null, 1, null, time, 1, Instant.EPOCH);
    }

    /** The same, for some only. */
    public Trouble in(Scope narrower) {
        return new Trouble(id, kind, narrower, calls, probability, seed, time, speed, since);
    }

    /** The same, for a number of calls. */
    public Trouble next(int count) {
        return new Trouble(id, kind, scope, count, probability, seed, time, speed, since);
    }

    Trouble set(String name, Instant now) {
        return new Trouble(name, kind, scope, calls, probability, seed, time, speed, now);
    }

    Duration timeOrZero() {
        return time == null ? Duration.ZERO : time;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
