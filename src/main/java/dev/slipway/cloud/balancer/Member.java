package dev.slipway.cloud.balancer;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A target in its group: how busy it is (guarded by the group), and its idle connections per event loop. */
final class Member {
    /** What idles longer is closed: many applications close theirs after a minute. */
    private static final Duration MOST_IDLE = Duration.ofMinutes(1);

    final Target target;
    final CompletableFuture<Void> drained = new CompletableFuture<>();
    int inFlight;
    /** When it was last taken, as a number that grows. */
    long taken;
    /** Until when others are asked first because it failed, in the group's milliseconds. */
    long restsUntil;

    private volatile boolean leaving;
    // Each deque is used on its own event loop alone.
    private final Map<EventLoop, ArrayDeque<BackendConnection>> idle = new ConcurrentHashMap<>();

    Member(Target target) {
        this.target = target;
    }

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
    BackendConnection take(EventLoop loop, Duration longest) {
        ArrayDeque<BackendConnection> connections = idle.get(loop);
        while (connections != null && !connections.isEmpty()) {
            // The one used last is the least likely to be closed by the other side.
            BackendConnection last = connections.getLast();
            if (last.idleNanos() > longest.toNanos()) {
                return null;
            }
            connections.removeLast();
            if (last.isActive()) {
                return last;
            }
        }
        return null;
    }

    void give(EventLoop loop, BackendConnection connection) {
        ArrayDeque<BackendConnection> connections = idle.computeIfAbsent(loop, key -> new ArrayDeque<>());
        connections.addLast(connection);
        BackendConnection first = connections.getFirst();
        if (first.idleNanos() > MOST_IDLE.toNanos()) {
            first.close();
        }
        if (leaving) {
            closeIdle(loop);
        }
    }

    /** A connection that has ended. */
    void forget(EventLoop loop, BackendConnection connection) {
        ArrayDeque<BackendConnection> connections = idle.get(loop);
        if (connections != null) {
            connections.remove(connection);
        }
    }

    private void closeIdle(EventLoop loop) {
        ArrayDeque<BackendConnection> connections = idle.remove(loop);
        if (connections != null) {
            connections.forEach(BackendConnection::close);
        }
    }
}
