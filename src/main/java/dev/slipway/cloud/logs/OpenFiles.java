package dev.slipway.cloud.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Keeps the number of file handles low: a stream that takes one may have to close that of the stream that took one longest ago. */
final class OpenFiles {
    private static final int MOST = 64;

    private final Deque<Events> open = new ArrayDeque<>();

    /** Remembers the taker; returns whoever must let go, for the caller to release outside of any lock. */
    synchronized @Nullable Events taken(Events taker) {
        open.remove(taker);
        open.add(taker);
        return open.size() > MOST ? open.remove() : null;
    }
}
