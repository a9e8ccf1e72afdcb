package dev.slipway.cloud.wire.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpdateTest {
    @TempDir
    private Path scratch;

    private Path models;
    private Path data;

    @BeforeEach
    void shipAModel() throws IOException {
        models = Files.createDirectory(scratch.resolve("models"));
        data = Files.createDirectory(scratch.resolve("data"));
        Files.writeString(models.resolve("harbourfront.json"), new StrippedModel(HarbourModel.read()).text());
    }

    private void publish(String service, String version, String model) throws IOException {
        Path directory = Files.createDirectories(data.resolve(service).resolve(version));
        try (OutputStream packed =
                new GZIPOutputStream(Files.newOutputStream(directory.resolve("service-2.json.gz")))) {
            packed.write(model.getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("paginators-1.json"), "{}");
    }

    private void update(String... services) throws IOException {
        Update.main(Stream.concat(Stream.of(models.toString(), data.toString()), Stream.of(services))
                .toArray(String[]::new));
    }

    @Test
    void aShippedModelBecomesTheNewestOfItsServiceStripped() throws IOException {
        publish("harbour", "2026-01-01", HarbourModel.MODEL.replace("\"max\": 64", "\"max\": 65"));
        publish("harbour", "2027-02-02", HarbourModel.MODEL.replace("\"max\": 64", "\"max\": 66"));
        publish("wharf", "2026-01-01", HarbourModel.MODEL);

        update();

        assertThat(models).isDirectoryContaining("glob:**harbourfront.json");
        assertThat(models.resolve("harbourfront.json"))
                .content()
                .contains("\"max\":66")
                .doesNotContain("documentation");
        try (Stream<Path> shipped = Files.list(models)) {
            assertThat(shipped).hasSize(1);
        }
    }

    @Test
    void aServiceThatIsNamedIsAdded() throws IOException {
        publish("harbour", "2026-01-01", HarbourModel.MODEL);
        publish("wharf", "2026-01-01", HarbourModel.MODEL.replace("Harbour Front", "Wharf"));

        update("wharf");

        assertThat(models.resolve("wharf.json")).content().contains("\"serviceId\":\"Wharf\"");
    }

    @Test
    void whatIsMissingOrInvalidIsSaidAndReplacesNothing() throws IOException {
        String before = Files.readString(models.resolve("harbourfront.json"));

        assertThatExceptionOfType(InvalidModel.class)
                .isThrownBy(this::update)
                .withMessage(data.resolve("harbour") + ": there is no such service");

        publish("harbour", "2026-01-01", HarbourModel.MODEL.replace("\"max\": 64", "\"max\": 0"));
        assertThatExceptionOfType(InvalidModel.class)
                .isThrownBy(this::update)
                .withMessageContaining("service-2.json.gz: shape ShipName: its min 1 is above its max 0");
        assertThat(models.resolve("harbourfront.json")).content().isEqualTo(before);
    }
}
