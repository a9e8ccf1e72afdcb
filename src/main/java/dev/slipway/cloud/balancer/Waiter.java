package dev.slipway.cloud.balancer;

import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request that wants a member.
 *
 * @param loop where {@code granted} is called
 * @param avoid members that have just refused this request
 */
record Waiter(EventLoop loop, Set<Member> avoid, Consumer<Lease> granted) {}
