package dev.slipway.cloud.wire.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TablesTest {
    @TempDir
    private Path scratch;

    private Path models;
    private Path tables;

    @BeforeEach
    void shipAModel() throws IOException {
        models = Files.createDirectory(scratch.resolve("models"));
        tables = scratch.resolve("classes/tables");
        Files.writeString(models.resolve("harbour.json"), HarbourModel.MODEL);
        Files.writeString(models.resolve("README.md"), "About harbours.");
    }

    private void make() throws IOException {
        Tables.main(new String[] {models.toString(), tables.toString()});
    }

    @Test
    void everyModelHasATableAndATableWithoutAModelGoes() throws IOException {
        Files.createDirectories(tables);
        Files.writeString(tables.resolve("wharf.txt"), "old");

        make();

        assertThat(tables).isDirectoryNotContaining("glob:**wharf.txt");
        assertThat(tables.resolve("harbour.txt"))
                .content()
                .isEqualTo(String.join("\n", ServiceModelTable.of(HarbourModel.read())) + "\n");
    }

    @Test
    void aChangedModelChangesItsTableAndNothingElseIsWritten() throws IOException {
        Files.writeString(models.resolve("wharf.json"), HarbourModel.MODEL);
        make();
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(tables.resolve("harbour.txt"), old);

        Files.writeString(models.resolve("wharf.json"), HarbourModel.MODEL.replace("\"max\": 64", "\"max\": 65"));
        make();

        assertThat(tables.resolve("wharf.txt")).content().contains("length=1..65");
        assertThat(Files.getLastModifiedTime(tables.resolve("harbour.txt"))).isEqualTo(old);
    }

    @Test
    void invalidModelsAreAllSaidWithFileAndShapeAndNoTableIsTouched() throws IOException {
        make();
        Files.writeString(models.resolve("harbour.json"), HarbourModel.MODEL.replace("[a-z ]+", "[a-z +"));
        Files.writeString(models.resolve("pier.json"), "{\"metadata\": {},\n \"metadata\": {}}");
        Files.writeString(models.resolve("wharf.json"), HarbourModel.MODEL);

        assertThatExceptionOfType(InvalidModel.class).isThrownBy(this::make).satisfies(invalid -> assertThat(
                        invalid.getMessage().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(models.resolve("harbour.json") + ": shape ShipName: its pattern"),
                        line -> assertThat(line)
                                .startsWith(models.resolve("pier.json") + ": line 2: no JSON")
                                .contains("Duplicate field 'metadata'")));
        assertThat(tables.resolve("harbour.txt")).content().contains("pattern=[a-z ]+");
        assertThat(tables).isDirectoryNotContaining("glob:**wharf.txt");
    }

    @Test
    void theBuildHasMadeTheTablesOfTheShippedModels() throws IOException {
        for (Path shipped : Tables.files(Path.of("src/main/models"), ".json")) {
            String name = shipped.getFileName().toString().replace(".json", ".txt");
            List<String> lines = ServiceModelTable.of(ModelFile.read(shipped));
            try (InputStream made = Tables.class.getResourceAsStream("/dev/slipway/cloud/wire/models/" + name)) {
                assertThat(made).as(name).isNotNull();
                assertThat(new String(made.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(String.join("\n", lines) + "\n");
            }
        }
    }
}
