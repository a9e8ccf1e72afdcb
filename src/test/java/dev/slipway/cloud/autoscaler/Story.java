package dev.slipway.cloud.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;

/**
 * A service under a load that a test tells second by second, with a clock that only the story moves:
 *
 * <pre>{@code
 * Story.of(new Spec(100, 1, 25)).at(30).concurrency(250).expect(desired(3)).at(36).expect(desired(4));
 * }</pre>
 *
 * <p>What is said of a moment holds until something else is said. Instances work on as many requests as they may, the rest waits; those
 * that are wanted are ready after {@link #startsTake}, a second unless said.
 */
final class Story {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Spec spec;
    private Memory memory;
    private DoubleUnaryOperator load = second -> 0;
    private int startTakes = 1;
    private int second;
    private int decided = -1;
    private int ready;
    private int starting;
    private int startedAt;
    private int desired;
    private int mostWaiting;

    /** A number of instances that the autoscaler should want. */
    record Desired(int instances) {}

    static Desired desired(int instances) {
        return new Desired(instances);
    }

    private Story(Spec spec, int instances) {
        this.spec = spec;
        this.ready = instances;
        this.desired = instances;
        this.memory = Memory.starting(START, instances);
    }

    /** A service that was just deployed with its fewest instances. */
    static Story of(Spec spec) {
        return new Story(spec, spec.minSize());
    }

    /** A service that was just deployed with so many. */
    static Story of(Spec spec, int instances) {
        return new Story(spec, instances);
    }

    Story startsTake(int seconds) {
        startTakes = seconds;
        return this;
    }

    /** Lets time pass up to this second. */
    Story at(int until) {
        return always(until, any -> {});
    }

    Story concurrency(double requests) {
        load = any -> requests;
        return this;
    }

    /** Grows or shrinks evenly from what the load is now. */
    Story rampTo(double requests, int seconds) {
        double from = load.applyAsDouble(second);
        int begin = second;
        load = now -> from + (requests - from) * Math.min(1, (now - begin) / seconds);
        return this;
    }

    /** So much for some seconds, then nothing for as long, and again. */
    Story onAndOff(double requests, int seconds) {
        int begin = second;
        load = now -> (int) (now - begin) / seconds % 2 == 0 ? requests : 0;
        return this;
    }

    Story expect(Desired wanted) {
        decideOnce();
        assertThat(desired).as("desired at %d s", second).isEqualTo(wanted.instances());
        return this;
    }

    /** Looks at what is wanted in each second before this one. */
    Story always(int until, IntConsumer look) {
        for (; second < until; second++) {
            decideOnce();
            look.accept(desired);
        }
        return this;
    }

    int desired() {
        decideOnce();
        return desired;
    }

    int ready() {
        return ready;
    }

    /** The most requests that waited in any second. */
    int mostWaiting() {
        return mostWaiting;
    }

    /** What would be wanted now under this load. */
    int wouldWant(double requests) {
        return Autoscaler.decide(START.plusSeconds(second), observed(requests), spec, memory)
                .desired();
    }

    private void decideOnce() {
        if (decided == second) {
            return;
        }
        decided = second;
        if (starting > 0 && second >= startedAt + startTakes) {
            ready += starting;
            starting = 0;
        }
        Observed observed = observed(load.applyAsDouble(second));
        mostWaiting = Math.max(mostWaiting, observed.queued());
        Decision decision = Autoscaler.decide(START.plusSeconds(second), observed, spec, memory);
        memory = decision.memory();
        desired = decision.desired();
        follow();
    }

    private Observed observed(double requests) {
        int inFlight = (int) Math.min(requests, (double) ready * spec.maxConcurrency());
        return new Observed(requests, inFlight, (int) requests - inFlight, ready);
    }

    /** What is not ready yet goes first. */
    private void follow() {
        if (desired > ready + starting) {
            startedAt = second;
        }
        ready = Math.min(ready, desired);
        starting = desired - ready;
    }
}
