package dev.slipway.cloud.balancer;

import io.netty.channel.EventLoop;

/** A request that wants a member. */
interface Waiter {
    /** Where {@link #granted} or {@link #turnedAway} is called. */
    EventLoop loop();

    /** Whether the member has failed this request already. Called under the group's lock. */
    boolean avoids(Member member);

    void granted(Lease lease);

    /** There will be no member. */
    void turnedAway();
}
