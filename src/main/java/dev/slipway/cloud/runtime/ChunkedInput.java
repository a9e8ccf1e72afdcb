package dev.slipway.cloud.runtime;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body that comes in HTTP's chunks. */
final class ChunkedInput extends FilterInputStream {
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended || left == 0 && !nextChunk()) {
            return -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the engine hung up in the middle of its answer");
        }
        left -= count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (!first) {
            EngineClient.line(in);
        }
        first = false;
        String size = EngineClient.line(in).split(";", 2)[0].strip();
        try {
            left = Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("the engine's answer is not chunked as it says", e);
        }
        ended = left == 0;
        return !ended;
    }
}
