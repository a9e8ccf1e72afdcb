package dev.slipway.cloud.balancer;

/** Whether a request was let in: a {@link Lease}, or why there is none. */
sealed interface Admission permits Lease, Admission.Without {
    enum Without implements Admission {
        /** The waiter is told of its lease later. */
        QUEUED,
        /** All targets are busy and so many wait already. */
        FULL,
        /** There is no target, or none that was not tried. */
        NO_TARGET
    }
}
