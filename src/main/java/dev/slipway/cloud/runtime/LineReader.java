package dev.slipway.cloud.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Cuts output into lines; one that is longer than 64 KiB is cut into several. */
final class LineReader {
    private static final int LONGEST = 1 << 16;

    private LineReader() {}

    /** Reads to the end, at a {@link Pace}; the last line needs no line end. */
    static void read(InputStream output, InstanceSpec.LineSink sink) throws IOException {
        read(output, sink, Pace.real());
    }

    static void read(InputStream output, InstanceSpec.LineSink sink, Pace pace) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            int count;
            while ((count = output.read(buffer)) >= 0) {
                int start = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n' || mayCut(line.size() + i - start, buffer[i])) {
                        boolean end = buffer[i] == '\n';
                        line.write(buffer, start, i - start);
                        int length = line.size();
                        hand(line, sink);
                        pace.took(length);
                        start = end ? i + 1 : i;
                    }
                }
                line.write(buffer, start, count - start);
            }
        } finally {
            if (line.size() > 0) {
                hand(line, sink);
            }
        }
    }

    /** Not inside a character, unless it is none that UTF-8 has. */
    private static boolean mayCut(int length, byte next) {
        boolean continues = (next & 0xc0) == 0x80;
        return length >= (continues ? LONGEST + 4 : LONGEST);
    }

    private static void hand(ByteArrayOutputStream line, InstanceSpec.LineSink sink) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
