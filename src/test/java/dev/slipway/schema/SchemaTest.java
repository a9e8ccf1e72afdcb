package dev.slipway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.provider.aws.AwsHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The schema that the plugin answers with says what the classes say. */
final class SchemaTest {
    private static final Path ROOT =
            Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();
    private static final Path WRITTEN = ROOT.resolve("src/main/resources/dev/slipway/schema.json");
    private static final Path MADE = ROOT.resolve("target/schema.json");
    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern CALLED_DEFAULT = Pattern.compile("Default `?([^:` ]+?)`?[.:]");

    @Test
    void saysWhatTheClassesSay() throws IOException {
        JsonNode made = PackageSchema.of(ROOT, AwsHandlers.all(), pluginVersion());
        String text = JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
                        .writeValueAsString(made)
                + "\n";
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, text);
        assertThat(Files.exists(WRITTEN) ? Files.readString(WRITTEN) : "")
                .as("the package schema; when the classes are right, take over theirs: cp " + ROOT.relativize(MADE)
                        + " " + ROOT.relativize(WRITTEN))
                .isEqualTo(text);
    }

    @Test
    void hasEveryHandlersPropertiesAndNoOthers() throws IOException {
        JsonNode schema = JSON.readTree(WRITTEN.toFile());
        var handlers = AwsHandlers.all();
        assertThat(names(schema.path("resources")))
                .isEqualTo(new TreeSet<>(handlers.resources().keySet()));
        handlers.resources().forEach((token, handler) -> {
            JsonNode resource = schema.path("resources").path(token);
            assertThat(names(resource.path("inputProperties"))).as(token).isEqualTo(names(handler.inputs()));
            assertThat(names(handler.state()))
                    .as(token + " may keep more than it tells programs")
                    .containsAll(names(resource.path("properties")));
        });
        assertThat(names(schema.path("functions")))
                .isEqualTo(new TreeSet<>(handlers.functions().keySet()));
        handlers.functions().forEach((token, handler) -> {
            JsonNode function = schema.path("functions").path(token);
            assertThat(names(function.at("/inputs/properties"))).as(token).isEqualTo(names(handler.arguments()));
            assertThat(names(function.at("/outputs/properties"))).as(token).isEqualTo(names(handler.result()));
        });
    }

    @Test
    void referencesOnlyTypesThatItHas() throws IOException {
        JsonNode schema = JSON.readTree(WRITTEN.toFile());
        List<String> references = schema.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        schema.at("/types").has(reference.replace("#/types/", "")))
                .as(reference)
                .isTrue());
    }

    @Test
    void keepsKeysAndTokensSecret() throws IOException {
        JsonNode inputs = JSON.readTree(WRITTEN.toFile()).at("/provider/inputProperties");
        var secrets = new ArrayList<String>();
        inputs.fields().forEachRemaining(property -> {
            if (property.getValue().path("secret").asBoolean()) {
                secrets.add(property.getKey());
            }
        });
        assertThat(secrets).containsExactly("secretKey", "sessionToken");
    }

    /** What a description calls a default is one that is written in where a program says nothing; the cloud's choices are called otherwise. */
    @Test
    void callsDefaultWhatTheProviderWritesIn() throws IOException {
        JsonNode schema = JSON.readTree(WRITTEN.toFile());
        var inputs = new ArrayList<JsonNode>();
        schema.path("resources").forEach(resource -> inputs.add(resource.path("inputProperties")));
        schema.path("types").forEach(type -> inputs.add(type.path("properties")));
        inputs.add(schema.at("/provider/inputProperties"));
        var defaults = new TreeSet<String>();
        inputs.forEach(properties -> properties.fields().forEachRemaining(property -> {
            JsonNode value = property.getValue().path("default");
            var called = CALLED_DEFAULT.matcher(
                    property.getValue().path("description").asText());
            assertThat(called.find() ? called.group(1) : "")
                    .as(property.getKey())
                    .isEqualTo(value.asText(""));
            if (!value.isMissingNode()) {
                defaults.add(property.getKey());
            }
        }));
        assertThat(defaults)
                .containsExactly(
                        "effect",
                        "existing",
                        "forceDelete",
                        "maxConcurrency",
                        "maxSize",
                        "minSize",
                        "port",
                        "redeployMovedTag");
        assertThat(schema.at("/provider/inputProperties/region/defaultInfo/environment"))
                .hasToString("[\"AWS_REGION\",\"AWS_DEFAULT_REGION\"]");
    }

    private static String pluginVersion() throws IOException {
        return JSON.readTree(ROOT.resolve("src/main/resources/com/dev/slipway/plugin.json")
                        .toFile())
                .path("version")
                .asText();
    }

    private static Set<String> names(Class<?> record) {
        return new TreeSet<>(PackageSchema.names(record));
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .forEach(names::add);
        return names;
    }
}
