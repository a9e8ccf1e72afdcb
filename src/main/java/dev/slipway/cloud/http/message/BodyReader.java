package dev.slipway.cloud.http.message;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Finds a body in a connection's bytes, however they are cut (RFC 9112, 6.3 and 7.1). Holds nothing but the trailers. */
public final class BodyReader {
    /** The longest line of a chunk's size and its extensions, in bytes. */
    public static final int MOST_CHUNK_LINE = 4096;

    private static final int MOST_SIZE_DIGITS = 15;

    private final HeadReader trailers = new HeadReader(HeadReader.Kind.TRAILERS);
    private State state = State.DONE;
    private boolean chunked;
    private long left;
    private int digits;
    private int lineLength;

    private enum State {
        LENGTH,
        UNTIL_END,
        SIZE,
        EXTENSION,
        SIZE_LF,
        CHUNK,
        CHUNK_CR,
        CHUNK_LF,
        TRAILERS,
        DONE
    }

    /** The body of this message begins with the next byte. */
    public void beginRequest(Head head) {
        begin(head, false, false);
    }

    /** The body of this answer begins with the next byte. @param none because the request was HEAD, or the status has no body */
    public void beginAnswer(Head head, boolean none) {
        begin(head, none, true);
    }

    private void begin(Head head, boolean none, boolean mayEndWithConnection) {
        chunked = !none && head.isChunked();
        if (none) {
            state = State.DONE;
        } else if (chunked) {
            state = State.SIZE;
            left = 0;
            digits = 0;
            lineLength = 0;
        } else if (head.contentLength() >= 0) {
            left = head.contentLength();
            state = left == 0 ? State.DONE : State.LENGTH;
        } else {
            state = mayEndWithConnection ? State.UNTIL_END : State.DONE;
        }
    }

    public boolean isDone() {
        return state == State.DONE;
    }

    /** Whether nothing but the end of the connection ends the body. */
    public boolean endsWithConnection() {
        return state == State.UNTIL_END;
    }

    /** The fields after the last chunk, valid until the next body; null without chunks. */
    public @Nullable Head trailers() {
        return chunked ? trailers.head() : null;
    }

    /**
     * Takes what belongs to the body from the buffer; true when the body is complete.
     *
     * @throws Malformed when the chunks are not valid; the buffer is then anywhere
     */
    public boolean read(ByteBuf in, BodySink sink) throws Malformed {
        while (state != State.DONE && in.isReadable()) {
            switch (state) {
                case LENGTH -> content(in, sink, State.DONE);
                case CHUNK -> content(in, sink, State.CHUNK_CR);
                case UNTIL_END -> sink.content(in, in.readableBytes());
                case TRAILERS -> state = trailers.read(in) ? State.DONE : State.TRAILERS;
                default -> framing(in.readByte());
            }
        }
        return state == State.DONE;
    }

    private void content(ByteBuf in, BodySink sink, State then) {
        int length = (int) Math.min(left, in.readableBytes());
        left -= length;
        if (left == 0) {
            state = then;
        }
        sink.content(in, length);
    }

    private void framing(byte next) throws Malformed {
        switch (state) {
            case SIZE -> size(next);
            case EXTENSION -> extension(next);
            case SIZE_LF -> {
                expect(next, '\n');
                trailers.reset();
                state = left == 0 ? State.TRAILERS : State.CHUNK;
            }
            case CHUNK_CR -> {
                expect(next, '\r');
                state = State.CHUNK_LF;
            }
            case CHUNK_LF -> {
                expect(next, '\n');
                digits = 0;
                lineLength = 0;
                state = State.SIZE;
            }
            default -> throw new IllegalStateException("no framing in " + state);
        }
    }

    private void size(byte next) throws Malformed {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            left = 16 * left + digit;
            if (++digits > MOST_SIZE_DIGITS) {
                throw Malformed.request("a chunk is too large");
            }
        } else if (digits == 0) {
            throw Malformed.request("a chunk has no size");
        } else if (next == '\r') {
            state = State.SIZE_LF;
        } else if (next == ';' || Syntax.isBlank(next)) {
            state = State.EXTENSION;
        } else {
            throw Malformed.request("the size of a chunk is not a number");
        }
    }

    /** Extensions are passed over: nobody may need them (RFC 9112, 7.1.1). */
    private void extension(byte next) throws Malformed {
        if (next == '\r') {
            state = State.SIZE_LF;
        } else if (!Syntax.isBlank(next) && (next & 0xff) < ' ' || next == 127) {
            throw Malformed.request("a chunk extension has an invalid character");
        } else if (++lineLength > MOST_CHUNK_LINE) {
            throw Malformed.request("a chunk extension is too long");
        }
    }

    private static void expect(byte next, char wanted) throws Malformed {
        if (next != wanted) {
            throw Malformed.request("a chunk does not end in CR LF");
        }
    }
}
