package dev.slipway.cloud.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events in a file, one JSON object a line, and in an older file beside it: when the file is full it takes the place of the older one.
 * Lines go to the operating system one by one, so that they survive this process; they are not synced to the disk.
 */
final class FileEvents implements Events {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Path older;
    private final long mostBytes;
    private final byte[] header;
    private final OpenFiles openFiles;
    private @Nullable FileOutputStream out;
    private @Nullable Summary summary;
    private long number;
    private long size;

    /**
     * @param header the first line of the file, with its end
     * @param mostBytes of one of the two files
     * @param openFiles told when a file handle is taken
     */
    FileEvents(Path file, byte[] header, long mostBytes, OpenFiles openFiles) {
        this.file = file;
        this.header = header.clone();
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.mostBytes = mostBytes;
        this.openFiles = openFiles;
    }

    @Override
    public void append(long time, long ingested, String message) {
        Events tooMany = write(time, ingested, message);
        if (tooMany != null) {
            tooMany.release();
        }
    }

    /** Returns the stream that has to give up its file because this one took one. */
    private synchronized @Nullable Events write(long time, long ingested, String message) {
        boolean closed = out == null;
        try {
            Summary before = known();
            LogEvent event = new LogEvent(++number, time, ingested, message);
            byte[] line = line(event);
            FileOutputStream target = open();
            if (size > header.length && size + line.length > mostBytes) {
                rotate();
                before = known();
                target = open();
            }
            target.write(line);
            size += line.length;
            summary = before.with(event);
            return closed ? openFiles.taken(this) : null;
        } catch (IOException full) {
            // A log that cannot be written must not stop the service that writes it.
            release();
            return null;
        }
    }

    private static byte[] line(LogEvent event) throws JsonProcessingException {
        ObjectNode line = MAPPER.createObjectNode()
                .put("n", event.number())
                .put("t", event.time())
                .put("i", event.ingested())
                .put("m", event.message());
        return (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private FileOutputStream open() throws IOException {
        FileOutputStream known = out;
        if (known != null) {
            return known;
        }
        FileOutputStream made = PrivateLogFiles.append(file);
        out = made;
        size = Files.size(file);
        // A crash may have left half a line; an empty line is nothing to a reader.
        byte[] start = size == 0 ? header : new byte[] {'\n'};
        made.write(start);
        size += start.length;
        return made;
    }

    private void rotate() throws IOException {
        release();
        Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        size = 0;
        summary = null;
    }

    private Summary known() {
        Summary now = summary;
        if (now == null) {
            List<LogEvent> events = read();
            now = Summary.of(events);
            if (!events.isEmpty()) {
                number = Math.max(number, events.get(events.size() - 1).number());
            }
            summary = now;
        }
        return now;
    }

    @Override
    public List<LogEvent> read() {
        byte[][] parts;
        synchronized (this) {
            parts = new byte[][] {bytes(older), bytes(file)};
        }
        List<LogEvent> events = new ArrayList<>();
        for (byte[] part : parts) {
            parse(part, events);
        }
        return events;
    }

    private static byte[] bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            in.transferTo(whole);
            return whole.toByteArray();
        } catch (NoSuchFileException none) {
            return new byte[0];
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private static void parse(byte[] lines, List<LogEvent> events) {
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
            JsonNode event = tree(line);
            if (event.path("m").isTextual()) {
                events.add(new LogEvent(
                        event.path("n").asLong(),
                        event.path("t").asLong(),
                        event.path("i").asLong(),
                        event.path("m").textValue()));
            }
        }
    }

    /** Nothing for a line that a crash tore. */
    private static JsonNode tree(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException torn) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public synchronized Summary summary() {
        return known();
    }

    @Override
    public synchronized void release() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException lost) {
                summary = null;
            }
            out = null;
        }
    }

    @Override
    public synchronized void delete() {
        release();
        summary = Summary.EMPTY;
        size = 0;
        PrivateLogFiles.delete(file);
        PrivateLogFiles.delete(older);
    }
}
