package dev.slipway.cloud.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes an answer from a worker thread, at the pace of the client: a bounded number of bytes is on the way at one time. */
final class Answer {
    private static final int WINDOW = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Channel channel;
    private final BiConsumer<Object, ChannelPromise> sender;
    private final Duration patience;
    private long underWay;

    @Nullable
    private Throwable failure;

    /**
     * @param sender writes and flushes one object; called on the event loop
     * @param patience how long the client may take no byte before it is given up
     */
    Answer(Channel channel, BiConsumer<Object, ChannelPromise> sender, Duration patience) {
        this.channel = channel;
        this.sender = sender;
        this.patience = patience;
    }

    /** Hands over a part of the answer that takes {@code bytes} bytes of memory, and waits only for room. */
    void send(Object object, int bytes) throws IOException {
        // An object without a body weighs something too, or finish() would not wait for it.
        long weight = Math.max(bytes, 1);
        lock.lock();
        try {
            underWay += weight;
        } finally {
            lock.unlock();
        }
        ChannelPromise promise = channel.newPromise();
        promise.addListener(done -> written(weight, done.cause()));
        try {
            channel.eventLoop().execute(() -> sender.accept(object, promise));
        } catch (RejectedExecutionException stopped) {
            ReferenceCountUtil.release(object);
            throw new IOException("the server has stopped", stopped);
        }
        await(WINDOW);
    }

    /** Closes the connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // of closing: nobody waits for it
    void drop() {
        channel.close();
    }

    /** Waits until everything is handed to the operating system. */
    void finish() throws IOException {
        await(0);
    }

    private void written(long weight, @Nullable Throwable cause) {
        lock.lock();
        try {
            underWay -= weight;
            if (cause != null) {
                failure = cause;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // of closing a channel that is given up
    private void await(long most) throws IOException {
        lock.lock();
        try {
            while (underWay > most && failure == null) {
                if (!changed.await(patience.toNanos(), TimeUnit.NANOSECONDS) && underWay > most && failure == null) {
                    channel.close();
                    throw new IOException("the client took no byte of its answer for " + patience.toSeconds() + " s");
                }
            }
            if (failure != null) {
                throw new IOException("the client closed the connection before its answer was complete", failure);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            channel.close();
            throw new IOException("interrupted while answering", stop);
        } finally {
            lock.unlock();
        }
    }

    ByteBuf buffer(int bytes) {
        return channel.alloc().buffer(bytes);
    }
}
