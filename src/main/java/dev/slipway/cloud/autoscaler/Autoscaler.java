package dev.slipway.cloud.autoscaler;

import java.time.Duration;
import java.time.Instant;

/** Decides how many instances a service should have. To be asked once a second. */
public final class Autoscaler {
    /** How often to ask. */
    public static final Duration TICK = Duration.ofSeconds(1);

    private static final int STABLE_SECONDS = 60;
    private static final int BURST_SECONDS = 6;
    private static final Pace PACE = new Pace(1000, 2, 2, Duration.ofSeconds(STABLE_SECONDS));

    private Autoscaler() {}

    /**
     * The number that suits the load of the last minute, or of the last six seconds when that is twice what the ready instances take;
     * at once enough for every request that waits, and no fewer for a minute after; never fewer than there are when the last six seconds
     * needed them; never outside of the bounds.
     */
    public static Decision decide(Instant now, Observed observed, Spec spec, Memory memory) {
        long second = now.getEpochSecond();
        Window window = memory.window().with(second, observed.averageConcurrency(), STABLE_SECONDS);
        double burst = window.average(second, BURST_SECONDS);
        Pace.Step step = PACE.next(
                now, spec.target(), observed.ready(), window.average(second, STABLE_SECONDS), burst, memory.panic());
        // What was started for those who waited must not end again before the windows have seen them.
        Pace.Step enough = step.atLeast(forWaiting(observed, spec), now);
        // A load that grows for longer than a panic lasts is ahead of the last minute; what it needs now stays.
        int kept = Math.min(observed.ready(), (int) Math.ceil(burst / spec.target()));
        return new Decision(spec.clamp(Math.max(enough.desired(), kept)), new Memory(window, enough.panic()));
    }

    private static int forWaiting(Observed observed, Spec spec) {
        if (observed.queued() == 0) {
            return 0;
        }
        int requests = observed.inFlight() + observed.queued();
        return (requests + spec.maxConcurrency() - 1) / spec.maxConcurrency();
    }
}
