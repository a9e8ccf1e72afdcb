package dev.slipway.cloud.apprunner;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Instances that get no more requests: each is stopped once it has answered those it has, and watched until nothing is left of it. */
final class Retirement {
    /** A request that takes longer was cut off by the balancer before. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(125);

    private final List<Leaver> leavers = new ArrayList<>();

    private static final class Leaver {
        final InstanceWatch watch;
        final CompletableFuture<Void> drained;
        final Instant deadline;

        @Nullable
        CompletableFuture<?> stopped;

        Leaver(InstanceWatch watch, CompletableFuture<Void> drained, Instant deadline) {
            this.watch = watch;
            this.drained = drained;
            this.deadline = deadline;
        }
    }

    void add(InstanceWatch watch, CompletableFuture<Void> drained, Instant now) {
        leavers.add(new Leaver(watch, drained, now.plus(LONGEST_DRAIN)));
        tick(now);
    }

    void tick(Instant now) {
        for (Iterator<Leaver> each = leavers.iterator(); each.hasNext(); ) {
            Leaver leaver = each.next();
            if (leaver.stopped == null && (leaver.drained.isDone() || now.isAfter(leaver.deadline))) {
                leaver.stopped = leaver.watch.stop();
            }
            if (leaver.stopped != null && leaver.stopped.isDone()) {
                each.remove();
            }
        }
    }

    boolean over() {
        return leavers.isEmpty();
    }

    CompletableFuture<?> pending() {
        return leavers.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : leavers.get(0).stopped != null ? leavers.get(0).stopped : leavers.get(0).drained;
    }

    /** Stops all at once, drained or not. */
    CompletableFuture<?> stopNow() {
        return CompletableFuture.allOf(
                leavers.stream().map(leaver -> leaver.watch.stop()).toArray(CompletableFuture[]::new));
    }
}
