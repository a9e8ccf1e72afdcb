package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.state.PassphraseSecrets;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that needs no provider goes back and forth between the real Pulumi engine and the embedded one. */
final class PulumiStateIT {
    @TempDir
    private Path directory;

    @Test
    void whatPulumiDeployedIsUnchangedForSlipwayAndTheOtherWayRound() throws IOException {
        try (BothEngines both = PlainProgram.in(directory)) {
            both.pulumi("stack", "init", "dev").succeeded();
            both.pulumi("config", "set", "plain", "as it is", "-s", "dev").succeeded();
            both.pulumi("config", "set", "--secret", "password", "battery staple", "-s", "dev")
                    .succeeded();
            assertThat(both.pulumi("up", "--yes", "--skip-preview", "-s", "dev")
                            .succeeded()
                            .all())
                    .doesNotContain("battery staple");
            JsonNode byPulumi = both.checkpoint("plain", "dev");

            both.agreeThatNothingChanges("dev");
            both.slipway().run("up", "--yes", "--skip-preview", "-s", "dev").succeeded();
            both.agreeThatNothingChanges("dev");
            assertSameOutputs(both);
            assertThat(resources(both.checkpoint("plain", "dev"))).isEqualTo(resources(byPulumi));
            both.pulumi("destroy", "--yes", "--skip-preview", "-s", "dev").succeeded();
            both.assertNothingRuns();
        }
    }

    @Test
    void whatSlipwayDeployedIsUnchangedForPulumi() throws IOException {
        PassphraseSecrets secrets = PassphraseSecrets.create(PulumiCli.PASSPHRASE);
        try (BothEngines both = PlainProgram.in(directory)) {
            Launcher.write(both.slipway().project().resolve("Pulumi.dev.yaml"), """
                    encryptionsalt: %s
                    config:
                      plain:plain: as it is
                      plain:password: {secure: "%s"}
                    """.formatted(
                            secrets.state(), secrets.encrypt("battery staple")));
            assertThat(both.slipway()
                            .run("up", "--yes", "--skip-preview", "-s", "dev")
                            .succeeded()
                            .all())
                    .doesNotContain("Starting the local cloud");
            assertThat(both.slipway().run("local", "status").code())
                    .as("nothing in the program needs the local cloud")
                    .isEqualTo(1);

            both.agreeThatNothingChanges("dev");
            assertThat(both.pulumi("up", "--yes", "--skip-preview", "-s", "dev")
                            .succeeded()
                            .all())
                    .doesNotContain("battery staple");
            both.agreeThatNothingChanges("dev");
            assertSameOutputs(both);
            both.slipway()
                    .run("destroy", "--yes", "--skip-preview", "-s", "dev")
                    .succeeded();
            assertThat(BothEngines.json(both.pulumi("stack", "export", "-s", "dev")
                                    .succeeded()
                                    .out())
                            .path("deployment")
                            .path("resources"))
                    .isEmpty();
        }
    }

    @Test
    void aMistakeInTheProgramIsToldWithoutAStackTrace() throws IOException {
        try (BothEngines both = PlainProgram.in(directory)) {
            both.pulumi("stack", "init", "dev").succeeded();
            assertThat(both.pulumi("preview", "-s", "dev").failed().all())
                    .contains("error: Missing required configuration variable 'plain:plain'")
                    .doesNotContain("SEVERE");
        }
    }

    private static void assertSameOutputs(BothEngines both) {
        String byPulumi = both.pulumi("stack", "output", "--json", "--show-secrets", "-s", "dev")
                .succeeded()
                .out();
        String bySlipway = both.slipway()
                .run("stack", "output", "--json", "--show-secrets", "-s", "dev")
                .succeeded()
                .out();
        assertThat(BothEngines.json(bySlipway)).isEqualTo(BothEngines.json(byPulumi));
        assertThat(bySlipway).contains("battery staple");
    }

    private static JsonNode resources(JsonNode checkpoint) {
        return checkpoint.path("checkpoint").path("latest").path("resources");
    }
}
