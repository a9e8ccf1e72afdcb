package dev.slipway.cloud.wire.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelCheckTest {
    private static List<String> problemsWith(String shape) throws IOException {
        ObjectNode model = HarbourModel.read();
        ((ObjectNode) model.get("shapes")).set("Odd", new ObjectMapper().readTree(shape));
        return ModelCheck.problems(model);
    }

    @Test
    void aSoundModelHasNoProblem() throws IOException {
        assertThat(ModelCheck.problems(HarbourModel.read())).isEmpty();
        try (var shipped = Files.list(Path.of("src/main/models"))) {
            assertThat(shipped.filter(file -> file.toString().endsWith(".json")))
                    .hasSizeGreaterThanOrEqualTo(8)
                    .allSatisfy(file -> assertThat(ModelFile.read(file)).isNotEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0000',
            value = {
                "{'type': 'tensor'}; the type \"tensor\" is not known; known are blob, boolean,",
                "{'type': 'list'}; a list has member, this one has not",
                "{'type': 'list', 'member': {'shape': 'Nowhere'}}; its member is of the shape \"Nowhere\"",
                "{'type': 'map', 'key': {'shape': 'Text'}}; a map has value, this one has not",
                "{'type': 'structure'}; a structure has members, this one has not",
                "{'type': 'structure', 'members': {'A': {'shape': 'Nowhere'}}}; its member A is of the shape \"Nowhere\"",
                "{'type': 'structure', 'members': {'A B': {'shape': 'Text'}}}; a member's name can't be said in a table: \"A B\"",
                "{'type': 'structure', 'required': ['B'], 'members': {}}; it requires B, which is none of its members",
                "{'type': 'timestamp', 'min': 1}; min says nothing of a timestamp",
                "{'type': 'string', 'min': 'one'}; its min is no whole number: \"one\"",
                "{'type': 'double', 'max': 0.5}; its max is no whole number: 0.5",
                "{'type': 'string', 'min': 3, 'max': 2}; its min 3 is above its max 2",
                "{'type': 'string', 'enum': ['A|B']}; a value of its enumeration can't be said in a table: \"A|B\"",
                "{'type': 'string', 'pattern': '[a-'}; its pattern is none of Java: [a-",
                "{'type': 'string', 'pattern': 'a\\nb'}; its pattern has more than one line",
                "{'type': 'structure', 'exception': true, 'error': {'httpStatusCode': 200}}; 200 is no status of an error",
                "{'type': 'structure', 'exception': true, 'error': {'code': 'No Berth'}}; its code can't be said in a table",
            })
    void aProblemIsSaidWithItsShape(String shape, String problem) throws IOException {
        assertThat(problemsWith(shape.replace('\'', '"')))
                .singleElement()
                .asString()
                .startsWith("shape Odd: ")
                .contains(problem.strip());
    }

    @Test
    void allProblemsAreSaidAtOnce() throws IOException {
        ObjectNode model = HarbourModel.read();
        ((ObjectNode) model.get("metadata")).remove("serviceId");
        ((ObjectNode) model.at("/operations/MoorShip/input")).put("shape", "Nowhere");

        assertThat(ModelCheck.problems(model))
                .containsExactly(
                        "metadata: there is no serviceId",
                        "operation MoorShip: its input is of the shape \"Nowhere\", which the model has not");
        assertThat(ModelCheck.problems(new ObjectMapper().createArrayNode())).contains("there are no operations");
    }
}
