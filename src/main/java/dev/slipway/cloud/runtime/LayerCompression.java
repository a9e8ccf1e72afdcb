package dev.slipway.cloud.runtime;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a layer is compressed, by its first bytes: media types are sometimes wrong, and all tools look at the bytes. */
enum LayerCompression {
    NONE,
    GZIP(0x1f, 0x8b),
    ZSTD(0x28, 0xb5, 0x2f, 0xfd);

    private static final int LONGEST_MAGIC = 4;

    private final byte[] magic;

    LayerCompression(int... magic) {
        this.magic = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            this.magic[i] = (byte) magic[i];
        }
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
            case GZIP -> new BoundedInputStream(new GZIPInputStream(raw, 1 << 16), mostBytes);
            case ZSTD -> new BoundedInputStream(zstd(raw), mostBytes);
        };
    }

    private static LayerCompression of(byte[] first) {
        for (LayerCompression each : new LayerCompression[] {GZIP, ZSTD}) {
            int length = each.magic.length;
            if (first.length >= length && java.util.Arrays.equals(first, 0, length, each.magic, 0, length)) {
                return each;
            }
        }
        return NONE;
    }

    private static InputStream zstd(InputStream raw) throws IOException {
        try {
            return new ZstdInputStream(raw);
        } catch (LinkageError e) {
            throw new IOException(
                    "it is compressed with zstd, for which this machine has no library; build the image with gzip", e);
        }
    }
}
