package dev.slipway.cloud.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a tar stream, entry after entry: ustar, with the extensions of pax and of GNU for long names and large numbers. */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 1 << 20;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private final Map<String, String> global = new HashMap<>();
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next entry, null after the last. What was not read of the one before is skipped. */
    @Nullable
    TarEntry next() throws IOException {
        Map<String, String> own = new HashMap<>();
        while (true) {
            in.skipNBytes(left + padding);
            left = 0;
            padding = 0;
            if (!readHeader()) {
                return null;
            }
            char type = (char) (header[156] & 0xff);
            long size = number(124, 12);
            if (size < 0) {
                throw new IOException("an entry of the layer has the size " + size);
            }
            switch (type) {
                case 'x' -> own.putAll(records(extension(size)));
                case 'g' -> global.putAll(records(extension(size)));
                case 'L' -> own.put("path", terminated(extension(size)));
                case 'K' -> own.put("linkpath", terminated(extension(size)));
                default -> {
                    return entry(type, size, own);
                }
            }
        }
    }

    /** Reads from the content of the current entry; -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw new EOFException("the layer ends in the middle of a file");
        }
        left -= count;
        return count;
    }

    private TarEntry entry(char rawType, long headerSize, Map<String, String> own) throws IOException {
        Map<String, String> extended = new HashMap<>(global);
        extended.putAll(own);
        if (extended.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse")) || rawType == 'S') {
            throw new IOException("the layer holds a sparse file, which is not supported");
        }
        String name = extended.getOrDefault("path", headerName());
        char type = rawType == 0 || rawType == '7' ? (name.endsWith("/") ? '5' : '0') : rawType;
        long size = extendedNumber(extended, "size", headerSize);
        // Only files have content; some writers give links a size nevertheless.
        long content = type == '1' || type == '2' || type == '5' ? 0 : size;
        left = content;
        padding = (BLOCK - content % BLOCK) % BLOCK;
        return new TarEntry(
                name,
                type,
                (int) number(100, 8) & 07777,
                (int) extendedNumber(extended, "uid", number(108, 8)),
                (int) extendedNumber(extended, "gid", number(116, 8)),
                content,
                extendedNumber(extended, "mtime", number(136, 12)),
                extended.getOrDefault("linkpath", text(157, 100)));
    }

    private boolean readHeader() throws IOException {
        int read = in.readNBytes(header, 0, BLOCK);
        if (read == 0) {
            return false;
        }
        if (read < BLOCK) {
            throw new EOFException("the layer ends in the middle of a header");
        }
        long sum = 0;
        boolean empty = true;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
            empty &= header[i] == 0;
        }
        if (empty) {
            return false;
        }
        if (sum != number(148, 8)) {
            throw new IOException("the layer is not a tar file: wrong header checksum");
        }
        return true;
    }

    private byte[] extension(long size) throws IOException {
        if (size > LONGEST_HEADER) {
            throw new IOException("the layer has an extended header of " + size + " bytes");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("the layer ends in the middle of a header");
        }
        padding = (BLOCK - size % BLOCK) % BLOCK;
        return content;
    }

    /** {@code length key=value\n} records of pax. */
    private static Map<String, String> records(byte[] content) throws IOException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < content.length) {
            int length = 0;
            int start = at;
            while (at < content.length && content[at] >= '0' && content[at] <= '9' && at - start < 8) {
                length = length * 10 + content[at++] - '0';
            }
            int end = start + length;
            if (at >= content.length || content[at] != ' ' || end > content.length || end <= at + 1) {
                throw new IOException("the layer has a malformed extended header");
            }
            String record = new String(content, at + 1, end - at - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 0) {
                throw new IOException("the layer has a malformed extended header");
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    private static long extendedNumber(Map<String, String> extended, String key, long otherwise) throws IOException {
        String text = extended.get(key);
        if (text == null) {
            return otherwise;
        }
        int dot = text.indexOf('.');
        try {
            long value = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
            if (value < 0 && !key.equals("mtime")) {
                throw new IOException("the layer has the " + key + " " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IOException("the layer has a malformed " + key, e);
        }
    }

    private String headerName() {
        boolean posix = header[257] == 'u' && header[262] == 0;
        String prefix = posix ? text(345, 155) : "";
        String name = text(0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static String terminated(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Octal digits, or GNU's big-endian binary when the first bit is set. */
    private long number(int offset, int length) throws IOException {
        long value = 0;
        if ((header[offset] & 0x80) != 0) {
            for (int i = 1; i < length; i++) {
                if (value >> 54 != 0) {
                    throw new IOException("the layer has a number that is too large");
                }
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        for (int i = offset; i < offset + length; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                value = value * 8 + header[i] - '0';
            } else if (header[i] != ' ' && header[i] != 0) {
                throw new IOException("the layer is not a tar file: malformed number in a header");
            } else if (header[i] == 0) {
                break;
            }
        }
        return value;
    }
}
