package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Replaces the shipped models by newer ones of AWS, stripped. A maintainer runs it: {@code Update MODELS DATA [SERVICE...]}; the README
 * beside the models says how.
 */
public final class Update {
    private final Path data;

    private Update(Path data) {
        this.data = data;
    }

    /**
     * Takes the newest version of each service that there is a model of already, and of those that are named.
     *
     * @param arguments the directory of the shipped models, the directory {@code data} of botocore, and the names of further services as
     *     that directory has them
     * @throws InvalidModel when a new model is missing or can't become a table; then none is replaced
     */
    public static void main(String[] arguments) throws IOException {
        Path models = Path.of(arguments[0]);
        Update update = new Update(Path.of(arguments[1]));
        TreeSet<String> services = new TreeSet<>(List.of(arguments).subList(2, arguments.length));
        for (Path shipped : Tables.files(models, ".json")) {
            services.add(service(ModelFile.read(shipped)));
        }
        Map<Path, String> texts = new TreeMap<>();
        for (String service : services) {
            JsonNode model = ModelFile.read(update.newest(service));
            texts.put(models.resolve(StrippedModel.name(model) + ".json"), new StrippedModel(model).text());
        }
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            Files.writeString(text.getKey(), text.getValue());
        }
    }

    /** {@code logs} of {@code logs-2014-03-28}. */
    private static String service(JsonNode model) {
        String uid = model.at("/metadata/uid").asText();
        return uid.substring(
                0, uid.length() - model.at("/metadata/apiVersion").asText().length() - 1);
    }

    private Path newest(String service) throws IOException {
        Path versions = data.resolve(service);
        if (!Files.isDirectory(versions)) {
            throw new InvalidModel(versions, "there is no such service");
        }
        try (Stream<Path> found = Files.walk(versions, 2)) {
            return found.filter(file -> file.getFileName().toString().matches("service-2\\.json(\\.gz)?"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new InvalidModel(versions, "there is no service-2.json of any version"));
        }
    }
}
