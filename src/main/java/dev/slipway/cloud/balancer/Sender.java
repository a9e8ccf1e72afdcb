package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.message.BodySink;
import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/** Writes messages to one connection: small pieces are copied together, large ones go as they are. Nothing is out before {@link #flush}. */
// The futures of writes: whatever fails there is heard as the end of the connection.
@SuppressWarnings("FutureReturnValueIgnored")
final class Sender implements BodySink {
    /** Past how many waiting bytes the other side is not read from any more, and until when. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private static final int COPIED = 4096;
    private static final int ROOM = 4096;
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
    private @Nullable ByteBuf tail;
    private boolean chunked;
    private boolean unflushed;

    Sender(Channel channel) {
        this.channel = channel;
    }

    /** An empty head to write to, which the next call empties again; one for each thread. */
    static HeadWriter scratch() {
        return SCRATCH.get().reset();
    }

    /** Sends what is in the scratch. @param chunkedBody whether the body that follows goes in chunks */
    void head(HeadWriter head, boolean chunkedBody) {
        chunked = chunkedBody;
        head.copyTo(room(head.size()));
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
        push();
        if (unflushed) {
            unflushed = false;
            channel.flush();
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
        tail = channel.alloc().directBuffer(Math.max(bytes, ROOM));
        return tail;
    }

    private void push() {
        if (tail != null) {
            channel.write(tail, channel.voidPromise());
            tail = null;
            unflushed = true;
        }
    }
}
