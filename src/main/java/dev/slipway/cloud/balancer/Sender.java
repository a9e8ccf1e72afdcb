package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.message.BodySink;
import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to one connection: small pieces are copied together and go out at the end of the event loop's round, large ones go as they
 * are and at once. Nothing is out before {@link #flush}.
 */
// The futures of writes: whatever fails there is heard as the end of the connection.
@SuppressWarnings("FutureReturnValueIgnored")
final class Sender implements BodySink {
    /** Past how many waiting bytes the other side is not read from any more, and until when. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private static final int COPIED = 4096;
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n'};
    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /** What trailers may not say, for it was settled by the head (RFC 9110, 6.5.1). */
    private static final int NOT_IN_TRAILERS = FieldName.HOP_BY_HOP
            | FieldName.set(
                    FieldName.CONTENT_LENGTH,
                    FieldName.HOST,
                    FieldName.EXPECT,
                    FieldName.MAX_FORWARDS,
                    FieldName.X_FORWARDED_FOR,
                    FieldName.X_FORWARDED_PROTO);

    private static final FastThreadLocal<HeadWriter> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected HeadWriter initialValue() {
            return new HeadWriter();
        }
    };

    private final Channel channel;
    private final ChannelHandler owner;
    private final Round round;
    private @Nullable ByteBuf tail;
    private boolean chunked;
    private boolean unflushed;
    private boolean waitsForEnd;
    private boolean begun;

    /** @param owner the handler at the end of the channel's pipeline that this writes for */
    Sender(Channel channel, ChannelHandler owner) {
        this.channel = channel;
        this.owner = owner;
        this.round = Round.of(channel.eventLoop());
    }

    /** An empty head to write to, which the next call empties again; one for each thread. */
    static HeadWriter scratch() {
        return SCRATCH.get().reset();
    }

    /** Sends what is in the scratch. @param chunkedBody whether the body that follows goes in chunks */
    void head(HeadWriter head, boolean chunkedBody) {
        chunked = chunkedBody;
        head.copyTo(room(head.size()));
        begun = false;
    }

    void bytes(byte[] text) {
        room(text.length).writeBytes(text);
    }

    @Override
    public void content(ByteBuf in, int length) {
        if (chunked) {
            chunkSize(length);
        }
        if (length <= COPIED) {
            room(length).writeBytes(in, length);
        } else {
            push();
            channel.write(in.readRetainedSlice(length), channel.voidPromise());
            unflushed = true;
        }
        if (chunked) {
            bytes(LINE);
        }
    }

    /** Ends a body. @param trailers of a body that came in chunks */
    void end(@Nullable Head trailers) {
        if (chunked) {
            bytes(LAST_CHUNK);
            if (trailers != null && trailers.fields() > 0) {
                HeadWriter fields = scratch();
                trailers.copyFields(NOT_IN_TRAILERS, fields);
                fields.copyTo(room(fields.size()));
            }
            bytes(LINE);
        }
    }

    void flush() {
        if (unflushed) {
            flushNow();
        } else if (tail != null && !waitsForEnd) {
            waitsForEnd = true;
            round.atEnd(this);
        }
    }

    void flushNow() {
        waitsForEnd = false;
        if (tail != null && !unflushed && tail.capacity() == Round.ROOM && sendStraight(tail)) {
            round.giveBack(tail);
            tail = null;
            begun = true;
            return;
        }
        push();
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Ends the connection when what was written is out. */
    void close() {
        flushNow();
        channel.close();
    }

    /** Whether some of the last message may have left this process. */
    boolean isBegun() {
        return begun;
    }

    /** Whether all that was written has left this process. */
    boolean isAllOut() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return tail == null && !unflushed && queue != null && queue.totalPendingWriteBytes() == 0;
    }

    /** Past the channel's queue, when nothing waits there and nobody is in between (as TLS is). False when some is left to send. */
    private boolean sendStraight(ByteBuf bytes) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (queue == null
                || queue.totalPendingWriteBytes() > 0
                || !(channel instanceof EpollSocketChannel epoll)
                || !bytes.hasMemoryAddress()
                || channel.pipeline().firstContext().handler() != owner) {
            return false;
        }
        try {
            bytes.skipBytes(
                    ((Socket) epoll.fd()).sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex()));
            return !bytes.isReadable();
        } catch (IOException broken) {
            // The channel is to find that out itself, and to do what belongs to it.
            return false;
        }
    }

    /** Gives back what was not sent. */
    void discard() {
        if (tail != null) {
            tail.release();
            tail = null;
        }
    }

    private void chunkSize(int length) {
        ByteBuf out = room(10);
        int shift = Math.max(0, (31 - Integer.numberOfLeadingZeros(length)) / 4 * 4);
        for (; shift >= 0; shift -= 4) {
            out.writeByte(HEX[length >> shift & 0xf]);
        }
        out.writeBytes(LINE);
    }

    private ByteBuf room(int bytes) {
        if (tail != null && tail.writableBytes() >= bytes) {
            return tail;
        }
        push();
        tail = bytes <= Round.ROOM
                ? round.buffer(channel.alloc())
                : channel.alloc().directBuffer(bytes);
        return tail;
    }

    private void push() {
        if (tail != null) {
            channel.write(tail, channel.voidPromise());
            tail = null;
            unflushed = true;
            begun = true;
        }
    }
}
