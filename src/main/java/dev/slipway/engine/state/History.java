package dev.slipway.engine.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what Pulumi's file backend keeps of the runs of a stack. */
final class History {
    private static final String ENDING = ".history.json";

    private History() {}

    /** Every run, the youngest first. Their names end in nanoseconds since 1970, which all have the same number of digits. */
    static List<UpdateRecord> read(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + ENDING)) {
            all.forEach(files::add);
        } catch (IOException e) {
            throw new StateException("The history in " + directory + " can't be read: " + e.getMessage(), e);
        }
        files.sort(Comparator.comparing(History::stamp).reversed());
        return files.stream().map(History::parse).toList();
    }

    static String stamp(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private static UpdateRecord parse(Path file) {
        try {
            return UpdateRecord.of(PropertyJson.MAPPER.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new StateException("The history " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
