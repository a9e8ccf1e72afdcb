package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.RequestListener;
import dev.slipway.cloud.runtime.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether an instance is active, as App Runner calls those that work on requests, or idle: then it keeps its memory and gets no processor
 * time. It is woken for every request and every health check. Thread-safe.
 */
final class Activity implements RequestListener {
    /** How long after its start or its last request an instance becomes idle. */
    static final Duration IDLE_AFTER = Duration.ofSeconds(10);

    private static final int IDLE = -1;

    private final Instance instance;
    /** What it is needed for now: requests and health checks; or {@link #IDLE}. */
    private final AtomicInteger uses = new AtomicInteger();

    /** Whether a request has ended since the last tick: requests are too many to look at the clock for each. */
    private volatile boolean requested;

    private Instant lastRequest;

    Activity(Instance instance, Instant now) {
        this.instance = instance;
        this.lastRequest = now;
    }

    @Override
    public void requestBegins() {
        begin();
    }

    @Override
    public void requestEnds() {
        requested = true;
        end();
    }

    /** Wakes the instance, and keeps it awake until {@link #end()}. */
    void begin() {
        if (uses.getAndUpdate(now -> now == IDLE ? IDLE : now + 1) == IDLE) {
            wake();
        }
    }

    void end() {
        uses.decrementAndGet();
    }

    /** What comes to an instance that still wakes up waits in its connections; so nobody waits for it here. */
    private synchronized void wake() {
        if (uses.getAndUpdate(now -> now == IDLE ? 1 : now + 1) == IDLE) {
            instance.wake();
        }
    }

    /** Lets an instance be idle that has had no request for a while. */
    synchronized void tick(Instant now) {
        if (requested) {
            requested = false;
            lastRequest = now;
        }
        if (!now.isBefore(lastRequest.plus(IDLE_AFTER)) && uses.compareAndSet(0, IDLE)) {
            instance.idle();
        }
    }

    boolean idle() {
        return uses.get() == IDLE;
    }
}
