package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;

/** When AWS answers late, wrongly or not at all, nothing is made twice and nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TroubleIT {
    private Launcher slipway;

    @BeforeAll
    void start(@TempDir Path directory) {
        slipway = Launcher.in(directory);
        slipway.run("local", "start").succeeded();
    }

    @AfterEach
    void end() {
        slipway.run("local", "trouble", "clear").succeeded();
        slipway.run("destroy", "--yes").succeeded();
    }

    @AfterAll
    void stop() {
        slipway.close();
    }

    @Test
    void aLostAnswerIsAskedForAgain() {
        trouble("lost", "CreateService", 1);
        slipway.run("up", "--yes").succeeded();
        assertThat(services()).isEqualTo(1);
    }

    @Test
    void aCreationThatWasNeverAnsweredIsTakenOverByTheNextRun() {
        trouble("lost", "CreateService", 1);
        trouble("throttle", "CreateService", 20);
        Result first = slipway.run("up", "--yes").failed();
        assertThat(first.all()).contains("has no known end", "Run again");
        slipway.run("local", "trouble", "clear").succeeded();
        slipway.run("up", "--yes").succeeded();
        assertThat(services()).isEqualTo(1);
    }

    @Test
    void aServiceThatCanNotBeFollowedIsRecordedAllTheSame() {
        trouble("throttle", "ListOperations", 20);
        slipway.run("up", "--yes").failed();
        slipway.run("local", "trouble", "clear").succeeded();
        slipway.run("up", "--yes").succeeded();
        assertThat(services()).isEqualTo(1);
    }

    private void trouble(String kind, String operation, int times) {
        slipway.run("local", "trouble", "add", kind, "--operation", operation, "--next", String.valueOf(times))
                .succeeded();
    }

    private long services() {
        try (AppRunnerClient client =
                Aws.root(slipway.endpoint(), "111122223333").apprunner()) {
            return client.listServices(request -> {}).serviceSummaryList().stream()
                    .filter(service -> !service.statusAsString().equals("DELETED"))
                    .count();
        }
    }
}
