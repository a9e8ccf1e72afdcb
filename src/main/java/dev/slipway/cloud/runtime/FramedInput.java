package dev.slipway.cloud.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Takes the frames off an engine's log stream, in which stdout and stderr alternate: one byte which of them, three unused, four of length. */
final class FramedInput extends FilterInputStream {
    private long left;

    FramedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (left == 0) {
            byte[] head = in.readNBytes(8);
            if (head.length < 8) {
                return -1;
            }
            left = (head[4] & 0xffL) << 24 | (head[5] & 0xff) << 16 | (head[6] & 0xff) << 8 | head[7] & 0xff;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }
}
