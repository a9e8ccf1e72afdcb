package dev.slipway.cloud.wire.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ServiceModelTableTest {
    @Test
    void aTableHasWhatIsConstrainedAndReachedByARequest() throws IOException {
        assertThat(ServiceModelTable.of(HarbourModel.read()))
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
}
