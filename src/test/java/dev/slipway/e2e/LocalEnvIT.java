package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import dev.slipway.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code slipway local env} prints is all that a shell needs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalEnvIT {
    private Launcher slipway;

    @BeforeAll
    void start(@TempDir Path directory) {
        slipway = Launcher.in(directory)
                .with("AWS_PROFILE", "nobody")
                .with("AWS_SESSION_TOKEN", "stale")
                .with("AWS_PAGER", "")
                .with("AWS_CONFIG_FILE", "/dev/null")
                .with("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }

    @AfterAll
    void stop() {
        slipway.close();
    }

    /** Runs a script in a shell that knows nothing but what the command printed. */
    private Result shell(String options, String script) {
        String launcher = Launcher.ROOT.resolve("slipway").toString();
        return slipway.program(
                "sh",
                "-eu",
                "-c",
                "slipway=$1; eval \"$(\"$slipway\" local env " + options + ")\"\n"
                        // CLIs from before 2023 do not read the variable.
                        + "aws() { command aws --endpoint-url \"$AWS_ENDPOINT_URL\" \"$@\"; }\n" + script,
                "sh",
                launcher);
    }

    @Test
    void theShellSpeaksToTheLocalCloudAtOnce() {
        Programs.need("aws");
        assertThat(shell("--account 444455556666", "aws sts get-caller-identity")
                        .succeeded()
                        .out())
                .contains("arn:aws:iam::444455556666:root");
        assertThat(shell("--region eu-west-1", "aws ecr create-repository --repository-name env/test")
                        .succeeded()
                        .out())
                .contains("arn:aws:ecr:eu-west-1:111122223333:repository/env/test");
    }

    @Test
    void podmanLogsInAndPullsByTheNamesOfAws(@TempDir Path storage) {
        Programs.need("aws", "podman", "skopeo");
        String script = """
                export XDG_RUNTIME_DIR="%s"
                touch "$XDG_RUNTIME_DIR/begun"
                aws ecr get-login-password | podman login -u AWS --password-stdin "$SLIPWAY_REGISTRY"
                aws ecr create-repository --repository-name team/env
                skopeo --registries-conf "$CONTAINERS_REGISTRIES_CONF" copy docker://public.ecr.aws/slipway/hello:1 \\
                    "docker://$SLIPWAY_REGISTRY/111122223333/us-east-1/team/env:1"
                podman --root "%s" --runroot "%s" --storage-driver vfs \\
                    pull 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/env:1
                podman --root "%s" --runroot "%s" --storage-driver vfs rmi --all
                test -f "$REGISTRY_AUTH_FILE"
                # An ordinary user's podman leaves a process that holds its namespace.
                for pause in "$XDG_RUNTIME_DIR" "/tmp/podman-run-$(id -u)"; do
                    pause="$pause/libpod/tmp/pause.pid"
                    if [ -f "$pause" ] && [ "$pause" -nt "$XDG_RUNTIME_DIR/begun" ]; then kill "$(cat "$pause")"; fi
                done
                """.formatted(
                storage, storage.resolve("a"), storage.resolve("b"), storage.resolve("a"), storage.resolve("b"));
        shell("--own-logins", script).succeeded();
        assertThat(slipway.home().resolve("docker/config.json")).content().contains("auths");
    }

    @Test
    void otherShellsAndProgramsGetTheirOwnForm() {
        assertThat(slipway.run("local", "env", "--shell", "json").succeeded().out())
                .contains("\"AWS_ENDPOINT_URL\" : \"http://127.0.0.1:", "\"AWS_PROFILE\" : null");
        assertThat(slipway.run("local", "env", "--shell", "fish").succeeded().out())
                .contains("set -gx AWS_ACCESS_KEY_ID '111122223333';", "set -e AWS_PROFILE;");
        assertThat(slipway.run("local", "env", "--shell", "powershell")
                        .succeeded()
                        .out())
                .contains("$Env:AWS_ACCESS_KEY_ID = '111122223333'", "Remove-Item Env:AWS_PROFILE");
        slipway.run("local", "env", "--shell", "tcsh").failed();
        assertThat(slipway.run("local", "env", "--account", "12").failed().err())
                .contains("twelve digits");
        assertThat(Files.exists(slipway.home().resolve("registries.conf"))).isTrue();
    }
}
