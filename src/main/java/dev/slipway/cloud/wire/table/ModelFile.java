package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A file with a service model, packed with gzip when its name says so. */
final class ModelFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ModelFile() {}

    /**
     * The model in a file.
     *
     * @throws InvalidModel when it is no JSON, or {@link ModelCheck} has something to say
     */
    static JsonNode read(Path file) throws IOException {
        JsonNode model = parse(file);
        List<String> problems = ModelCheck.problems(model);
        if (!problems.isEmpty()) {
            throw new InvalidModel(
                    problems.stream().map(problem -> file + ": " + problem).toList());
        }
        return model;
    }

    private static JsonNode parse(Path file) throws IOException {
        try (InputStream bytes = open(file)) {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException broken) {
            throw new InvalidModel(
                    file,
                    "line " + broken.getLocation().getLineNr() + ": no JSON of a service model: "
                            + broken.getOriginalMessage());
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }
}
