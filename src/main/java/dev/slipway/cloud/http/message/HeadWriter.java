package dev.slipway.cloud.http.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a head that is being written; used again and again on one thread. */
public final class HeadWriter {
    private byte[] bytes = new byte[2048];
    private int size;

    /** Forgets what was written. */
    public HeadWriter reset() {
        size = 0;
        return this;
    }

    public int size() {
        return size;
    }

    public HeadWriter add(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    public HeadWriter add(byte[] source) {
        return add(source, 0, source.length);
    }

    /** For what is written rarely; what is written for every message is kept as bytes by its writer. */
    public HeadWriter add(String ascii) {
        return add(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    public HeadWriter add(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** A number that is not negative, in decimal digits. */
    public HeadWriter add(long number) {
        room(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    public HeadWriter line() {
        room(2);
        bytes[size++] = '\r';
        bytes[size++] = '\n';
        return this;
    }

    /** Appends what was written to a buffer. */
    public void copyTo(ByteBuf out) {
        out.writeBytes(bytes, 0, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
