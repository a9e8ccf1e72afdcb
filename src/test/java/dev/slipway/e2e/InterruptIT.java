package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.e2e.Launcher.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ^C at the terminal while a service starts that takes its time. */
final class InterruptIT {
    /** Told while the service starts, so the request to create it is answered and its end is waited for. */
    private static final String IN_FLIGHT = "Performing health check";

    private Launcher slipway;

    @BeforeEach
    void start(@TempDir Path directory) {
        slipway = Launcher.in(directory).stack("slow", """
                config:
                  launch:image: public.ecr.aws/slipway/hello:latest
                  launch:environment: {HELLO_DELAY: "8000"}
                """);
        slipway.run("local", "start").succeeded();
    }

    @AfterEach
    void stop() {
        slipway.run("destroy", "--yes", "-s", "slow");
        slipway.close();
    }

    @Test
    void onceEndsWhatIsInFlightAndBeginsNothingNew() {
        Result cancelled = slipway.interrupted(List.of(IN_FLIGHT), "up", "--yes", "--skip-preview", "-s", "slow");
        assertThat(cancelled.code()).as(cancelled.toString()).isEqualTo(255);
        assertThat(cancelled.err()).contains("Cancelling").doesNotContain("Stopped at once");
        JsonNode deployment = deployment();
        assertThat(pending(deployment)).isEmpty();
        assertThat(ids(deployment)).hasSize(1);

        theNextRunConvergesWithOneService();
        assertThat(ids(deployment())).isEqualTo(ids(deployment));
    }

    @Test
    void twiceStopsAtOnceAndTheNextRunFindsWhatWasInFlight() {
        Result stopped =
                slipway.interrupted(List.of(IN_FLIGHT, "Cancelling"), "up", "--yes", "--skip-preview", "-s", "slow");
        assertThat(stopped.code()).as(stopped.toString()).isEqualTo(130);
        assertThat(stopped.err()).contains("Cancelling", "Stopped at once");
        JsonNode deployment = deployment();
        assertThat(pending(deployment)).containsExactly("creating");
        assertThat(ids(deployment)).isEmpty();

        theNextRunConvergesWithOneService();
        assertThat(pending(deployment())).isEmpty();
        assertThat(ids(deployment())).hasSize(1);
    }

    private void theNextRunConvergesWithOneService() {
        slipway.run("up", "--yes", "-s", "slow").succeeded();
        slipway.run("preview", "--expect-no-changes", "-s", "slow").succeeded();
        assertThat(Launcher.get(slipway.output("slow", "url")).body()).contains("Hello from Slipway");
        try (var apprunner = Aws.root(slipway.endpoint(), "111122223333").apprunner()) {
            assertThat(apprunner.listServices(all -> {}).serviceSummaryList()).hasSize(1);
        }
    }

    private JsonNode deployment() {
        return BothEngines.json(
                        slipway.run("stack", "export", "-s", "slow").succeeded().out())
                .path("deployment");
    }

    private static List<String> pending(JsonNode deployment) {
        return StreamSupport.stream(deployment.path("pending_operations").spliterator(), false)
                .map(operation -> operation.path("type").asText())
                .toList();
    }

    private static List<String> ids(JsonNode deployment) {
        return StreamSupport.stream(deployment.path("resources").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("slipway:index:Service"))
                .map(resource -> resource.path("id").asText())
                .toList();
    }
}
