package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes every table from the models that the project ships. The build runs it: {@code Tables MODELS TABLES}. */
public final class Tables {
    private Tables() {}

    /**
     * Writes {@code NAME.txt} for every {@code NAME.json}; takes away a table whose model is gone, and leaves alone what is right already.
     *
     * @param arguments the directory of the models, and that of the tables
     * @throws InvalidModel with everything that is wrong in any of the models; then no table is touched
     */
    public static void main(String[] arguments) throws IOException {
        Path tables = Files.createDirectories(Path.of(arguments[1]));
        Map<Path, String> right = texts(Path.of(arguments[0]), tables);
        for (Path old : files(tables, ".txt")) {
            if (!right.containsKey(old)) {
                Files.delete(old);
            }
        }
        for (Map.Entry<Path, String> table : right.entrySet()) {
            if (!Files.exists(table.getKey())
                    || !Files.readString(table.getKey()).equals(table.getValue())) {
                Files.writeString(table.getKey(), table.getValue());
            }
        }
    }

    private static Map<Path, String> texts(Path models, Path tables) throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files(models, ".json")) {
            try {
                JsonNode model = ModelFile.read(file);
                String name = file.getFileName().toString().replaceFirst("\\.json$", ".txt");
                texts.put(tables.resolve(name), String.join("\n", ServiceModelTable.of(model)) + "\n");
            } catch (InvalidModel invalid) {
                problems.add(invalid.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidModel(problems);
        }
        return texts;
    }

    static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
