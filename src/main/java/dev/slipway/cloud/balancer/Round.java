package dev.slipway.cloud.balancer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share: the time, asked for once in a round, and the end of the round, at which small messages go
 * out together. Sent one by one they would wake their receiver one by one, which costs both sides more than the messages. Belongs to its
 * event loop.
 */
final class Round implements Runnable {
    /** How large a spare buffer is, in bytes. */
    static final int ROOM = 4096;

    /**
     * How much of one connection is read in a round: four times what is at hand, up to 64 KiB each. More would have whoever sends a lot hold up all others.
     */
    static final RecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(4);

    private static final int MOST_SPARE = 128;
    private static final FastThreadLocal<Round> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected void onRemoval(Round round) {
            round.spare.forEach(ByteBuf::release);
        }
    };

    private final EventLoop loop;
    private final List<Sender> senders = new ArrayList<>();
    private final ArrayDeque<ByteBuf> spare = new ArrayDeque<>();
    private boolean begun;
    private long nanoTime;

    private Round(EventLoop loop) {
        this.loop = loop;
    }

    /** That of a loop, which must be the caller's. */
    static Round of(EventLoop loop) {
        @Nullable Round known = OF_THREAD.getIfExists();
        if (known != null && known.loop == loop) {
            return known;
        }
        Round fresh = new Round(loop);
        OF_THREAD.set(fresh);
        return fresh;
    }

    EventLoop loop() {
        return loop;
    }

    /** The loop's time at the beginning of this round, more or less. */
    long nanoTime() {
        begin();
        return nanoTime;
    }

    /** Has this sender flush at the end of the round. */
    void atEnd(Sender sender) {
        begin();
        senders.add(sender);
    }

    /** An empty buffer of {@link #ROOM} bytes, one that was used just before if there is one: it is still near the processor. */
    ByteBuf buffer(ByteBufAllocator allocator) {
        ByteBuf last = spare.pollLast();
        return last != null ? last : allocator.directBuffer(ROOM);
    }

    /** Takes back what {@link #buffer} gave. */
    void giveBack(ByteBuf buffer) {
        if (spare.size() < MOST_SPARE) {
            spare.addLast(buffer.clear());
        } else {
            buffer.release();
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            nanoTime = loop.ticker().nanoTime();
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        begun = false;
        // Whoever flushes may have others write, who come at the end of the list.
        for (int i = 0; i < senders.size(); i++) {
            senders.get(i).flushNow();
        }
        senders.clear();
    }
}
