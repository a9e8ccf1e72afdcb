package dev.slipway.cloud.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a journal file says. Only its end may be broken: there a crash can have torn a write that nobody was told of. */
record JournalReader(List<Change> changes) {
    /** What always helps; the end of a message. */
    static final String START_EMPTY = "delete all data of the local cloud: `slipway local reset`.";

    private static final int FORMAT = 1;
    static final byte[] FIRST_LINE = ("{\"slipway-store\":" + FORMAT + "}").getBytes(StandardCharsets.UTF_8);

    static JournalReader read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new JournalReader(List.of());
        }
        byte[] bytes = Files.readAllBytes(file);
        List<Change> changes = new ArrayList<>();
        int number = 0;
        int start = 0;
        for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
            byte[] line = Arrays.copyOfRange(bytes, start, end);
            start = end + 1;
            if (number++ == 0) {
                checkFormat(file, line);
                continue;
            }
            try {
                changes.add(Change.parse(line));
            } catch (IOException broken) {
                if (lineEnd(bytes, start) >= 0) {
                    throw new IOException("the file " + file + " is damaged in line " + number
                            + ". Restore it from a backup, or " + START_EMPTY);
                }
                break;
            }
        }
        return new JournalReader(changes);
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void checkFormat(Path file, byte[] line) throws IOException {
        JsonNode format;
        try {
            format = Documents.MAPPER.readTree(line).path("slipway-store");
        } catch (IOException other) {
            throw new IOException(
                    "the file " + file + " is no journal of Slipway. Restore it from a backup, or " + START_EMPTY,
                    other);
        }
        if (!format.isInt() || format.intValue() > FORMAT) {
            throw new IOException("the file " + file + " has the format " + format + "; this Slipway reads " + FORMAT
                    + ". Use the Slipway that wrote it, or " + START_EMPTY);
        }
    }
}
