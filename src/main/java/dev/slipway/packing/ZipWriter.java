package dev.slipway.packing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes a zip file whose entries are compressed already. */
final class ZipWriter {
    private static final short VERSION = 20;
    private static final short UTF_8_NAMES = 0x0800;
    /** 1 January 1980, midnight: the first time that zip knows. */
    private static final int FIRST_DAY = 0x0021 << 16;

    private final OutputStream out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;
    private long at;

    ZipWriter(OutputStream out) {
        this.out = out;
    }

    void add(String name, byte[] content) throws IOException {
        var sum = new CRC32();
        sum.update(content);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        copy(
                name,
                new ZipEntries.Entry(
                        name, bytes, (short) 0, FIRST_DAY, (int) sum.getValue(), 0, content.length, content.length));
    }

    void copy(String name, ZipEntries.Entry entry) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        long start = at;
        write(header(30, 0x04034b50).putShort(VERSION), entry, nameBytes.length);
        write(nameBytes);
        ByteBuffer content = entry.content();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        write(bytes);
        ByteBuffer central = header(46, 0x02014b50).putShort(VERSION).putShort(VERSION);
        fields(central, entry, nameBytes.length);
        // No comment, first disk, no attributes.
        central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        central.putInt(Math.toIntExact(start));
        directory.writeBytes(central.array());
        directory.writeBytes(nameBytes);
        entries++;
    }

    void finish(String comment) throws IOException {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        int start = Math.toIntExact(at);
        write(directory.toByteArray());
        ByteBuffer end = header(22, 0x06054b50).putShort((short) 0).putShort((short) 0);
        end.putShort((short) entries).putShort((short) entries);
        end.putInt(directory.size()).putInt(start).putShort((short) text.length);
        write(end.array());
        write(text);
    }

    private static ByteBuffer header(int size, int signature) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(signature);
    }

    private void write(ByteBuffer local, ZipEntries.Entry entry, int nameLength) throws IOException {
        fields(local, entry, nameLength);
        write(local.array());
    }

    /** What both headers of an entry have in common, and no extra field. */
    private static void fields(ByteBuffer header, ZipEntries.Entry entry, int nameLength) {
        header.putShort(UTF_8_NAMES).putShort(entry.method()).putInt(entry.time());
        header.putInt(entry.crc()).putInt(entry.packed()).putInt(entry.size());
        header.putShort((short) nameLength).putShort((short) 0);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        at += bytes.length;
    }
}
