package dev.slipway.cloud.wire.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StrippedModelTest {
    private static JsonNode stripped() throws IOException {
        return new ObjectMapper().readTree(new StrippedModel(HarbourModel.read()).text());
    }

    @Test
    void itsTableIsTheSame() throws IOException {
        assertThat(ModelCheck.problems(stripped())).isEmpty();
        assertThat(ServiceModelTable.of(stripped())).isEqualTo(ServiceModelTable.of(HarbourModel.read()));
    }

    @Test
    void whatNoTableNeedsIsGone() throws IOException {
        assertThat(stripped().toString())
                .doesNotContain(
                        "documentation", "deprecated", "protocol", "errors", "senderFault", "message", "Moment");
        assertThat(stripped().at("/operations/MoorShip/output/shape").asText()).isEqualTo("Mooring");
        assertThat(stripped().get("shapes").has("Mooring")).isFalse();
        assertThat(stripped().at("/shapes/MoorShipRequest/members/Cargo")).hasToString("{\"shape\":\"Text\"}");
    }

    @Test
    void itHasOneOperationOrShapeALineInTheOrderOfNames() throws IOException {
        assertThat(new StrippedModel(HarbourModel.read()).text().lines())
                .containsSubsequence(
                        "\"operations\":{",
                        "\"ListBerths\":{\"input\":{\"shape\":\"Free\"}},",
                        "\"Ping\":{}",
                        "},",
                        "\"shapes\":{",
                        "\"Crew\":{\"type\":\"list\",\"member\":{\"shape\":\"ShipName\"},\"min\":1},",
                        "\"NoBerth\":{\"type\":\"structure\",\"exception\":true,\"error\":{\"code\":\"NoBerthFree\",\"httpStatusCode\":409}},",
                        "\"Text\":{\"type\":\"string\",\"pattern\":\".*\"}",
                        "}");
    }

    @Test
    void itIsNamedAsTheSdksPackage() throws IOException {
        assertThat(StrippedModel.name(HarbourModel.read())).isEqualTo("harbourfront");
    }

    @Test
    void theShippedModelsAreStrippedAndRightlyNamed() throws IOException {
        for (Path shipped : Tables.files(Path.of("src/main/models"), ".json")) {
            JsonNode model = ModelFile.read(shipped);
            assertThat(shipped).content().isEqualTo(new StrippedModel(model).text());
            assertThat(shipped).hasFileName(StrippedModel.name(model) + ".json");
        }
        assertThat(Files.exists(Path.of("src/main/models/LICENSE"))).isTrue();
    }
}
