package dev.slipway.cloud.balancer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A target in its group: how many requests it works on (guarded by the group), and its idle connections per event loop. */
final class Member {
    final Target target;
    final CompletableFuture<Void> drained = new CompletableFuture<>();
    int inFlight;
    private volatile boolean leaving;
    private final InstantSource clock;
    // Each deque is used on its own event loop alone.
    private final Map<EventLoop, ArrayDeque<Idle>> idle = new ConcurrentHashMap<>();

    Member(Target target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
    }

    private record Idle(Channel channel, Instant since) {}

    boolean leaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
        idle.keySet().forEach(loop -> loop.execute(() -> closeIdle(loop)));
    }

    boolean hasRoom() {
        return inFlight < target.limit();
    }

    /** An open connection of this loop that has been idle for at most {@code longest}; null when there is none. */
    @Nullable
    Channel take(EventLoop loop, Duration longest) {
        ArrayDeque<Idle> connections = idle.get(loop);
        if (connections == null) {
            return null;
        }
        // The one used last is the least likely to be closed by the other side.
        for (Idle last = connections.pollLast(); last != null; last = connections.pollLast()) {
            if (!last.channel().isActive()) {
                continue;
            }
            if (last.since().plus(longest).isBefore(clock.instant())) {
                connections.addLast(last);
                return null;
            }
            return last.channel();
        }
        return null;
    }

    void give(Channel channel) {
        EventLoop loop = channel.eventLoop();
        idle.computeIfAbsent(loop, key -> new ArrayDeque<>()).addLast(new Idle(channel, clock.instant()));
        if (leaving) {
            closeIdle(loop);
        }
    }

    void forget(Channel channel) {
        ArrayDeque<Idle> connections = idle.get(channel.eventLoop());
        if (connections != null) {
            connections.removeIf(each -> each.channel() == channel);
        }
    }

    private void closeIdle(EventLoop loop) {
        ArrayDeque<Idle> connections = idle.remove(loop);
        if (connections != null) {
            connections.forEach(each -> each.channel().close());
        }
    }
}
