package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceModelTableTest {
    private static final String MODEL = """
            {
              "metadata": {"serviceFullName": "AWS Harbour", "apiVersion": "2026-01-01", "endpointPrefix": "harbour"},
              "operations": {
                "MoorShip": {"input": {"shape": "MoorShipRequest"}, "output": {"shape": "Free"}},
                "ListBerths": {"input": {"shape": "Free"}},
                "Ping": {}
              },
              "shapes": {
                "MoorShipRequest": {
                  "type": "structure",
                  "required": ["Name", "Cargo"],
                  "members": {
                    "Name": {"shape": "ShipName"},
                    "Cargo": {"shape": "Text"},
                    "Kind": {"shape": "Kind"},
                    "Crew": {"shape": "Crew"},
                    "Papers": {"shape": "Papers"},
                    "Note": {"shape": "Text"},
                    "Again": {"shape": "MoorShipRequest"}
                  }
                },
                "Free": {"type": "structure", "members": {"Note": {"shape": "Text"}}},
                "Unused": {"type": "string", "max": 3},
                "ShipName": {"type": "string", "min": 1, "max": 64, "pattern": "[a-z ]+", "sensitive": true},
                "Text": {"type": "string", "pattern": ".*"},
                "Kind": {"type": "string", "enum": ["TUG", "FERRY"]},
                "Crew": {"type": "list", "min": 1, "member": {"shape": "ShipName"}},
                "Papers": {"type": "map", "max": 9, "key": {"shape": "Kind"}, "value": {"shape": "Text"}},
                "NoBerth": {"type": "structure", "exception": true, "members": {},
                            "error": {"code": "NoBerthFree", "httpStatusCode": 409}},
                "Storm": {"type": "structure", "exception": true, "fault": true, "members": {}},
                "Refused": {"type": "structure", "exception": true, "members": {}}
              }
            }
            """;

    private static List<String> table() throws IOException {
        return ServiceModelTable.table(new ObjectMapper().readTree(MODEL));
    }

    @Test
    void aTableHasWhatIsConstrainedAndReachedByARequest() throws IOException {
        assertThat(table())
                .containsExactly(
                        "# AWS Harbour, API version 2026-01-01. Facts from AWS's published service model. See ServiceModel.",
                        "operation ListBerths -",
                        "operation MoorShip MoorShipRequest result",
                        "operation Ping -",
                        "error NoBerth NoBerthFree 409",
                        "error Refused Refused 400",
                        "error Storm Storm 500",
                        "structure MoorShipRequest Name!=ShipName Cargo!=- Kind=Kind Crew=Crew Papers=Papers Again=MoorShipRequest",
                        "string ShipName secret length=1..64 pattern=[a-z ]+",
                        "string Kind enum=TUG|FERRY",
                        "list Crew length=1.. of=ShipName",
                        "map Papers length=..9 key=Kind of=-");
    }

    @Test
    void aTableIsReadAsItWasMeant() throws IOException {
        ServiceModel model = ServiceModel.parse(
                new java.io.ByteArrayInputStream(String.join("\n", table()).getBytes(StandardCharsets.UTF_8)));

        assertThat(model.hasOperation("Ping")).isTrue();
        assertThat(model.hasOperation("Pong")).isFalse();
        assertThat(model.hasResult("Ping")).isFalse();
        assertThat(model.hasResult("MoorShip")).isTrue();
        assertThat(model.input("Ping")).isSameAs(Shape.ANY);
        assertThat(model.input("MoorShip").members())
                .containsEntry("Name", new Shape.Member("ShipName", true))
                .containsEntry("Cargo", new Shape.Member("-", true))
                .containsEntry("Kind", new Shape.Member("Kind", false))
                .doesNotContainKey("Note");
        Shape name = model.shape("ShipName");
        assertThat(name.least()).isEqualTo(1);
        assertThat(name.most()).isEqualTo(64);
        assertThat(name.secret()).isTrue();
        assertThat(name.pattern()).hasToString("[a-z ]+");
        assertThat(model.shape("Kind").choices()).containsExactly("TUG", "FERRY");
        assertThat(model.shape("Crew").element()).isEqualTo("ShipName");
        assertThat(model.shape("Crew").most()).isNull();
        assertThat(model.shape("Papers").key()).isEqualTo("Kind");
        assertThat(model.code("NoBerth")).isEqualTo("NoBerthFree");
        assertThat(model.status("NoBerthFree")).hasValue(409);
        assertThat(model.status("Storm")).hasValue(500);
        assertThat(model.status("Another")).isEmpty();
    }
}
