package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.e2e.Launcher.Result;
import dev.slipway.engine.state.PassphraseSecrets;
import dev.slipway.testing.Leaks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first two lines, from an empty home to an empty machine. */
final class FirstUpIT {
    @TempDir
    private Path directory;

    @Test
    void anImageBecomesAUrlAndLeavesNothingBehind() {
        Leaks before = Leaks.of(directory);
        try (Launcher slipway = Launcher.in(directory)) {
            Result first = slipway.run("up", "--yes").succeeded();
            assertThat(first.out()).contains("Previewing update (local):", "created", "Outputs:", "url");

            String url = slipway.output("local", "url");
            HttpResponse<String> page = Launcher.get(url);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Hello from Slipway");

            Result second = slipway.run("up", "--yes").succeeded();
            assertThat(second.out()).contains("Nothing changed").doesNotContain("creating", "updating");
            assertThat(slipway.run("up", "--yes", "--expect-no-changes", "--json")
                            .succeeded()
                            .out())
                    .contains("\"changeSummary\"", "\"same\"", "\"succeeded\"");
            assertThat(slipway.run("refresh", "--yes").succeeded().out()).doesNotContain("deleted");
            assertThat(slipway.run("preview", "--expect-no-changes").code()).isZero();

            assertThat(slipway.run("stack", "ls").succeeded().out()).contains("local*", "same-account");
            assertThat(slipway.run("stack", "export").succeeded().out())
                    .contains("\"deployment\"", "slipway:index:Service");
            assertThat(slipway.project().resolve(".pulumi/stacks/launch/local.json"))
                    .exists();

            slipway.run("destroy", "--yes").succeeded();
            assertThatThrownBy(() -> Launcher.get(url)).isInstanceOf(UncheckedIOException.class);
            slipway.run("local", "stop").succeeded();
            assertThat(slipway.run("local", "status").code()).isEqualTo(1);
        }
        assertThat(Leaks.of(directory)).isEqualTo(before);
    }

    @Test
    void theServicesComeBackAfterTheLocalCloudWasStopped() throws IOException {
        Path states = directory.resolve("states");
        PassphraseSecrets secrets = PassphraseSecrets.create("correct horse");
        try (Launcher slipway = Launcher.in(directory)
                .with("PULUMI_BACKEND_URL", states.toUri().toString())
                .with("PULUMI_CONFIG_PASSPHRASE", "correct horse")) {
            slipway.stack("local", """
                    encryptionsalt: %s
                    config:
                      launch:image: public.ecr.aws/slipway/hello:latest
                      launch:environment:
                        GREETING: {secure: "%s"}
                    """.formatted(secrets.state(), secrets.encrypt("battery staple")));
            Result up = slipway.run("up", "--yes").succeeded();
            assertThat(up.all()).doesNotContain("battery staple");
            String url = slipway.output("local", "url");
            assertThat(Launcher.get(url).body()).contains("battery staple");
            assertThat(slipway.project().resolve(".pulumi")).doesNotExist();
            assertThat(Files.readString(states.resolve(".pulumi/stacks/launch/local.json")))
                    .contains("slipway:index:Service", secrets.state())
                    .doesNotContain("battery staple");

            slipway.run("local", "stop").succeeded();
            assertThat(slipway.run("local", "start").succeeded().out())
                    .contains("endpoint", "containers:", "iam: enforce", "enforced: signatures", "not enforced: ");
            assertThat(slipway.run("up", "--yes").succeeded().out()).doesNotContain("creating");
            assertThat(Launcher.get(url).body()).contains("battery staple");
            assertThat(slipway.with("PULUMI_CONFIG_PASSPHRASE", "wrong")
                            .run("up", "--yes")
                            .failed()
                            .all())
                    .contains("passphrase")
                    .doesNotContain("battery staple");
            slipway.with("PULUMI_CONFIG_PASSPHRASE", "correct horse")
                    .run("destroy", "--yes")
                    .succeeded();
            slipway.run("local", "reset", "--yes").succeeded();
            assertThat(Files.exists(slipway.home().resolve("data"))).isFalse();
        }
    }
}
