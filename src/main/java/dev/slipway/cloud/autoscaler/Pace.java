package dev.slipway.cloud.autoscaler;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast the number of instances follows the load; the arithmetic of Knative's pod autoscaler.
 *
 * @param maxUp the number may grow by this factor in one step
 * @param maxDown the number may shrink by this factor in one step
 * @param panicThreshold a load of this many times what the ready instances take starts a panic
 * @param calm how long after the last crossing of the threshold a panic ends
 */
record Pace(double maxUp, double maxDown, double panicThreshold, Duration calm) {
    /**
     * @param since when the threshold was last crossed; null when there is no panic
     * @param most the largest number wanted since the panic began
     */
    record Panic(@Nullable Instant since, int most) {
        static final Panic NONE = new Panic(null, 0);
    }

    record Step(int desired, Panic panic) {
        /** This one, unless more are needed now: then so many, as in a panic that begins. */
        Step atLeast(int needed, Instant now) {
            return needed > desired ? new Step(needed, new Panic(now, needed)) : this;
        }
    }

    /**
     * @param target concurrency per instance to aim at
     * @param stable mean load of the long window
     * @param burst mean load of the short window
     */
    Step next(Instant now, double target, int ready, double stable, double burst, Panic panic) {
        double base = Math.max(1, ready);
        double most = Math.ceil(maxUp * base);
        double least = Math.floor(base / maxDown);
        double forBurst = Math.ceil(burst / target);
        int desiredStable = (int) Math.min(Math.max(Math.ceil(stable / target), least), most);
        int desiredBurst = (int) Math.min(Math.max(forBurst, least), most);

        Panic after = panic;
        if (forBurst / base >= panicThreshold) {
            after = new Panic(now, panic.most());
        } else if (panic.since() != null && panic.since().plus(calm).isBefore(now)) {
            after = Panic.NONE;
        }
        if (after.since() == null) {
            return new Step(desiredStable, after);
        }
        // In a panic the number only grows: a burst that ebbs for a moment must not meet a smaller service.
        int desired = Math.max(after.most(), Math.max(desiredStable, desiredBurst));
        return new Step(desired, new Panic(after.since(), desired));
    }
}
