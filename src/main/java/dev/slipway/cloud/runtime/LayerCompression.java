package dev.slipway.cloud.runtime;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** How a layer is compressed, by its first bytes: media types are sometimes wrong, and all tools look at the bytes. */
enum LayerCompression {
    NONE(""),
    GZIP("\u001f\u008b"),
    ZSTD("\u0028\u00b5\u002f\u00fd");

    private static final int LONGEST_MAGIC = 4;

    /** A character for each byte. */
    private final String magic;

    LayerCompression(String magic) {
        this.magic = magic;
    }

    /**
     * The layer's tar file.
     *
     * @param raw must support marks
     * @param mostBytes after which it is taken for a bomb
     */
    static InputStream decompress(InputStream raw, long mostBytes) throws IOException {
        raw.mark(LONGEST_MAGIC);
        byte[] first = raw.readNBytes(LONGEST_MAGIC);
        raw.reset();
        return switch (of(first)) {
            case NONE -> raw;
            case GZIP -> new BoundedInputStream(new GZIPInputStream(new KnownEnd(raw), 1 << 16), mostBytes);
            case ZSTD -> new BoundedInputStream(zstd(raw), mostBytes);
        };
    }

    private static LayerCompression of(byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        return start.startsWith(GZIP.magic) ? GZIP : start.startsWith(ZSTD.magic) ? ZSTD : NONE;
    }

    private static InputStream zstd(InputStream raw) throws IOException {
        try {
            return new ZstdInputStream(raw);
        } catch (LinkageError e) {
            throw new IOException(
                    "it is compressed with zstd, for which this machine has no library; build the image with gzip", e);
        }
    }

    /**
     * Looks whether a byte follows instead of asking whether one is at hand: {@link GZIPInputStream} takes a stream that has nothing at hand at the
     * end of a member for one that is over.
     */
    private static final class KnownEnd extends FilterInputStream {
        KnownEnd(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            in.mark(1);
            if (in.read() < 0) {
                return 0;
            }
            in.reset();
            return Math.max(1, in.available());
        }
    }
}
