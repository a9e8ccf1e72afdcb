package dev.slipway.packing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads where a jar's entries are, so that they can be copied without being unpacked. */
final class ZipEntries {
    private static final int END = 0x06054b50;
    private static final int DIRECTORY = 0x02014b50;
    private static final int END_SIZE = 22;
    private static final int DIRECTORY_SIZE = 46;
    private static final int LOCAL_SIZE = 30;

    private ZipEntries() {}

    /**
     * One entry.
     *
     * @param jar all bytes of its jar
     * @param method 0: stored; 8: deflated
     * @param time the entry's time and date as zip has them
     * @param start where its content starts in the jar
     * @param packed its length there, bytes
     * @param size its length unpacked, bytes
     */
    record Entry(String name, ByteBuffer jar, short method, int time, int crc, int start, int packed, int size) {
        /** The content as it is in the jar. */
        ByteBuffer content() {
            return jar.slice(start, packed);
        }
    }

    static List<Entry> of(Path file) throws IOException {
        ByteBuffer jar = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int end = end(file, jar);
            int count = jar.getShort(end + 10) & 0xFFFF;
            int at = jar.getInt(end + 16);
            var entries = new ArrayList<Entry>(count);
            for (int i = 0; i < count; i++) {
                if (jar.getInt(at) != DIRECTORY) {
                    throw new IOException(file + " is no jar that can be packed: its directory is damaged");
                }
                int nameLength = jar.getShort(at + 28) & 0xFFFF;
                byte[] name = new byte[nameLength];
                jar.get(at + DIRECTORY_SIZE, name);
                int local = jar.getInt(at + 42);
                int start =
                        local + LOCAL_SIZE + (jar.getShort(local + 26) & 0xFFFF) + (jar.getShort(local + 28) & 0xFFFF);
                entries.add(new Entry(
                        new String(name, StandardCharsets.UTF_8),
                        jar,
                        jar.getShort(at + 10),
                        jar.getInt(at + 12),
                        jar.getInt(at + 16),
                        start,
                        jar.getInt(at + 20),
                        jar.getInt(at + 24)));
                at += DIRECTORY_SIZE + nameLength + (jar.getShort(at + 30) & 0xFFFF) + (jar.getShort(at + 32) & 0xFFFF);
            }
            return entries;
        } catch (IndexOutOfBoundsException damaged) {
            throw new IOException(file + " is no jar that can be packed: it ends too early", damaged);
        }
    }

    private static int end(Path file, ByteBuffer jar) throws IOException {
        for (int at = jar.capacity() - END_SIZE; at >= 0; at--) {
            if (jar.getInt(at) == END) {
                return at;
            }
        }
        throw new IOException(file + " is no jar: it has no end");
    }
}
