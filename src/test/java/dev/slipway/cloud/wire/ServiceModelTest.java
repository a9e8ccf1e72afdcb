package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.cloud.wire.table.HarbourModel;
import dev.slipway.cloud.wire.table.ServiceModelTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ServiceModelTest {
    @Test
    void aTableIsReadAsItWasMeant() throws IOException {
        String table = String.join("\n", ServiceModelTable.of(HarbourModel.read()));

        ServiceModel model = ServiceModel.parse(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));

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

    @Test
    void aServiceOfAwsHasATableAndOthersNeedNone() {
        assertThat(ServiceModel.of("dev.slipway.harbour.model")).isSameAs(ServiceModel.EMPTY);
        assertThatIllegalStateException()
                .isThrownBy(() -> ServiceModel.of("software.amazon.awssdk.services.harbour.model"))
                .withMessageContaining("harbour")
                .withMessageContaining("mvn process-classes");
    }
}
