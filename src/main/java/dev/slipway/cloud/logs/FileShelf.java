package dev.slipway.cloud.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory a group, with a file {@code group.json} that names it, and a file a stream, which names itself in its first line. */
final class FileShelf implements Shelf {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ENDING = ".jsonl";

    private final Path directory;
    private final long bytesOfAFile;
    private final OpenFiles open = new OpenFiles();

    FileShelf(Path directory, long bytesOfAFile) throws IOException {
        this.directory = directory;
        this.bytesOfAFile = bytesOfAFile;
        PrivateLogFiles.directory(directory);
    }

    @Override
    public List<LogGroup> load() {
        List<LogGroup> groups = new ArrayList<>();
        for (Path group : list(directory)) {
            firstLine(group.resolve("group.json")).ifPresent(line -> groups.add(load(group, line)));
        }
        return groups;
    }

    private LogGroup load(Path path, JsonNode line) {
        LogGroup.Key key = new LogGroup.Key(
                line.path("account").asText(),
                line.path("region").asText(),
                line.path("name").asText());
        LogGroup group = LogGroup.empty(key, line.path("created").asLong(), settings(line));
        Set<Path> files = new LinkedHashSet<>();
        for (Path file : list(path)) {
            String name = file.getFileName().toString();
            // A process that died between two files of a stream leaves the older one alone.
            files.add(name.endsWith(ENDING + ".1") ? file.resolveSibling(name.substring(0, name.length() - 2)) : file);
        }
        for (Path file : files) {
            firstLine(file)
                    .or(() -> firstLine(file.resolveSibling(file.getFileName() + ".1")))
                    .filter(header -> header.path("stream").isTextual())
                    .ifPresent(header -> {
                        String stream = header.get("stream").textValue();
                        long created = header.path("created").asLong();
                        group.streams().put(stream, new LogStream(stream, created, place(group, stream, created)));
                    });
        }
        return group;
    }

    private static LogGroup.Settings settings(JsonNode line) {
        Map<String, String> tags = new TreeMap<>();
        line.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        JsonNode retention = line.path("retention");
        return new LogGroup.Settings(retention.isInt() ? retention.intValue() : null, tags);
    }

    private static List<Path> list(Path path) {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the logs in " + path, unreadable);
        }
    }

    private static Optional<JsonNode> firstLine(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            return line == null ? Optional.empty() : Optional.of(MAPPER.readTree(line));
        } catch (IOException broken) {
            // Half a header: the process died when it made the file, and nothing of value is behind it.
            return Optional.empty();
        }
    }

    private Path path(LogGroup.Key key) {
        return directory.resolve(key.account() + "-" + key.region() + "-" + PrivateLogFiles.name(key.name()));
    }

    @Override
    public Events place(LogGroup group, String stream, long created) {
        Path path = path(group.key());
        byte[] header = (MAPPER.createObjectNode().put("stream", stream).put("created", created) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try {
            if (!Files.exists(path.resolve("group.json"))) {
                write(group);
            }
        } catch (IOException full) {
            // Then the events go nowhere either; the writer must not notice.
            return new MemoryEvents(bytesOfAFile);
        }
        return new FileEvents(path.resolve(PrivateLogFiles.name(stream) + ENDING), header, bytesOfAFile, open);
    }

    @Override
    public void save(LogGroup group) {
        try {
            write(group);
        } catch (IOException full) {
            throw new UncheckedIOException("cannot write to " + path(group.key()), full);
        }
    }

    private void write(LogGroup group) throws IOException {
        LogGroup.Settings settings = group.settingsNow();
        ObjectNode line = MAPPER.createObjectNode()
                .put("account", group.key().account())
                .put("region", group.key().region())
                .put("name", group.name())
                .put("created", group.created());
        if (settings.retentionDays() != null) {
            line.put("retention", settings.retentionDays());
        }
        settings.tags().forEach(line.withObject("/tags")::put);
        Path path = path(group.key());
        PrivateLogFiles.directory(path);
        PrivateLogFiles.write(path.resolve("group.json"), line + "\n");
    }

    @Override
    public void delete(LogGroup group) {
        Path path = path(group.key());
        PrivateLogFiles.delete(path.resolve("group.json"));
        PrivateLogFiles.delete(path);
    }
}
