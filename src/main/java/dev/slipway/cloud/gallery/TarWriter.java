package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a tar file (ustar) whose bytes depend on nothing but names, modes and contents: every owner is root, every time the same. */
final class TarWriter implements AutoCloseable {
    /** 2026-01-01: a time that is the same in every build; a class data archive compares it, so it may not be zero. */
    static final long TIME = 1_767_225_600L;

    private static final int BLOCK = 512;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void directory(String name, int mode) throws IOException {
        header(name + "/", '5', mode, 0, "");
    }

    void link(String name, String target) throws IOException {
        header(name, '2', 0777, 0, target);
    }

    void file(String name, int mode, byte[] content) throws IOException {
        header(name, '0', mode, content.length, "");
        out.write(content);
        pad(content.length);
    }

    void file(String name, int mode, Path content) throws IOException {
        long size = Files.size(content);
        header(name, '0', mode, size, "");
        if (Files.copy(content, out) != size) {
            throw new IOException(content + " changed while it was read");
        }
        pad(size);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }

    private void header(String name, char type, int mode, long size, String target) throws IOException {
        byte[] header = new byte[BLOCK];
        String prefix = "";
        String rest = name;
        if (name.length() > 100) {
            int slash = name.lastIndexOf('/', Math.min(155, name.length() - 2));
            if (slash < 0 || name.length() - slash - 1 > 100) {
                throw new IOException("the name " + name + " is too long for a tar file");
            }
            prefix = name.substring(0, slash);
            rest = name.substring(slash + 1);
        }
        put(header, 0, rest);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(TIME));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar");
        put(header, 263, "00");
        put(header, 345, prefix);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.write(header);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(ascii, 0, header, offset, ascii.length);
    }
}
