package dev.slipway.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Passes content on and checks it: reading past the promised size fails at once, and the end of the stream is only reached when size
 * and digest are as promised. So whoever read to the end has the right bytes.
 */
public final class VerifiedInputStream extends FilterInputStream {
    private final Digest digest;
    private final long size;
    private final MessageDigest hasher;
    private long seen;
    private boolean verified;

    /** @param size the promised size in bytes, negative when it is not known */
    public VerifiedInputStream(InputStream content, Digest digest, long size) {
        super(content);
        this.digest = digest;
        this.size = size;
        this.hasher = Digest.hasher(digest.algorithm());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0) {
            verify();
            return -1;
        }
        seen += count;
        if (size >= 0 && seen > size) {
            throw new Mismatch("content " + digest + " should have " + size + " bytes, but has more");
        }
        hasher.update(buffer, offset, count);
        return count;
    }

    /** Skipped bytes are read, because they count. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[8192];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        if (size >= 0 && seen != size) {
            throw new Mismatch("content " + digest + " should have " + size + " bytes, but ended after " + seen);
        }
        String actual = HexFormat.of().formatHex(hasher.digest());
        if (!actual.equals(digest.hex())) {
            throw new Mismatch("content should be " + digest + ", but is " + digest.algorithm() + ":" + actual);
        }
        verified = true;
    }

    /** The content is not what its name promised. */
    public static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }
}
