package dev.slipway.cloud.trouble;

import java.time.Duration;

/** Lets time pass before a slow answer. */
@FunctionalInterface
public interface Pause {
    /** Returns when the time has passed. */
    void pass(Duration time) throws InterruptedException;
}
