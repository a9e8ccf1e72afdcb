package dev.slipway.provider.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again, first soon and then less often, until something is so, time is up, or the run is cancelled. */
final class Waiting {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Pause pause;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    Waiting(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    Instant now() {
        return clock.instant();
    }

    /** Ends every wait, now and later. */
    void cancel() {
        cancelled.complete(null);
    }

    /** @throws Ended when {@code limit} is over or the run was cancelled before {@code look} found something */
    <T> T until(Duration limit, Supplier<Optional<T>> look) {
        Instant end = now().plus(limit);
        Duration wait = FIRST;
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            Duration left = Duration.between(now(), end);
            if (left.isNegative() || left.isZero()) {
                throw new Ended("not done after " + words(limit));
            }
            if (!pause.pause(wait.compareTo(left) < 0 ? wait : left, cancelled)) {
                throw new Ended("cancelled while waiting");
            }
            // So what is done is noticed a quarter too late at most.
            wait = wait.multipliedBy(5).dividedBy(4);
            wait = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        }
    }

    /** Calls again while the failure is one that time heals; after {@code limit} the last failure is thrown. */
    <T> T retry(Duration limit, Predicate<RuntimeException> heals, Supplier<T> call) {
        var last = new RuntimeException[1];
        try {
            return until(limit, () -> {
                try {
                    return Optional.of(call.get());
                } catch (RuntimeException e) {
                    if (!heals.test(e)) {
                        throw e;
                    }
                    last[0] = e;
                    return Optional.empty();
                }
            });
        } catch (Ended e) {
            throw last[0] == null ? e : last[0];
        }
    }

    static String words(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }

    /** The wait is over without what was waited for. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Ended(String message) {
            super(message);
        }
    }
}
