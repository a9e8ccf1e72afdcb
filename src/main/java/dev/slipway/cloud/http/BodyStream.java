package dev.slipway.cloud.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A request body on its way from the event loop, which never waits, to one reader, which does. */
final class BodyStream extends InputStream {
    /** Past this many waiting bytes the connection is not read any more. */
    private static final int HIGH = 256 * 1024;

    private static final int LOW = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private final Flow flow;
    private final Duration patience;
    private int waitingBytes;
    private boolean paused;
    private boolean complete;
    private boolean closed;
    private boolean wanted;

    @Nullable
    private IOException failure;

    /** What a body asks of its connection. Called on the reader's thread. */
    interface Flow {
        /** The reader wants its first byte. */
        void wanted();

        /** There is room again. */
        void resume();
    }

    /** @param patience how long the reader waits for the next byte before the client is given up */
    BodyStream(Flow flow, Duration patience) {
        this.flow = flow;
        this.patience = patience;
    }

    /** Takes ownership of {@code bytes}; true when the connection should rest until {@link Flow#resume}. */
    boolean offer(ByteBuf bytes) {
        lock.lock();
        try {
            if (closed || !bytes.isReadable()) {
                bytes.release();
                return false;
            }
            waiting.add(bytes);
            waitingBytes += bytes.readableBytes();
            changed.signal();
            paused = paused || waitingBytes > HIGH;
            return paused;
        } finally {
            lock.unlock();
        }
    }

    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void fail(IOException cause) {
        lock.lock();
        try {
            if (!complete && failure == null) {
                failure = cause;
                drop();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!wanted) {
            wanted = true;
            flow.wanted();
        }
        boolean resume;
        int count;
        lock.lock();
        try {
            ByteBuf first = await();
            if (first == null) {
                return -1;
            }
            count = Math.min(length, first.readableBytes());
            first.readBytes(target, offset, count);
            waitingBytes -= count;
            if (!first.isReadable()) {
                waiting.remove();
                first.release();
            }
            resume = paused && waitingBytes < LOW;
            paused = paused && !resume;
        } finally {
            lock.unlock();
        }
        if (resume) {
            flow.resume();
        }
        return count;
    }

    /** The buffer to read from, null at the end of the body. */
    private @Nullable ByteBuf await() throws IOException {
        long left = patience.toNanos();
        while (true) {
            if (closed) {
                throw new IOException("the request body is closed");
            }
            ByteBuf first = waiting.peek();
            if (first != null || (complete && failure == null)) {
                return first;
            }
            if (failure != null) {
                throw failure;
            }
            if (left <= 0) {
                throw new IOException("the client sent no byte of its request body for " + patience.toSeconds() + " s");
            }
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a request body", stop);
            }
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return waitingBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is left. What still comes is dropped as it comes. */
    @Override
    public void close() {
        boolean resume;
        lock.lock();
        try {
            closed = true;
            drop();
            resume = paused;
            paused = false;
        } finally {
            lock.unlock();
        }
        if (resume) {
            flow.resume();
        }
    }

    private void drop() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        waitingBytes = 0;
    }
}
