package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stack for AWS itself, up to the first call that would leave this machine. */
final class AwsStackIT {
    @TempDir
    private Path directory;

    @Test
    void isPreviewedWithoutTheLocalCloudAndNeedsCredentialsToGoOn() {
        try (Launcher slipway = withoutCredentials(Launcher.in(directory))) {
            Result preview = slipway.run("preview", "-s", "aws").succeeded();
            assertThat(preview.out())
                    .contains("slipway:index:Service service create")
                    .doesNotContain("AccessRole");
            assertThat(preview.err()).doesNotContain("local cloud");

            Result up = slipway.run("up", "--yes", "-s", "aws").failed();
            assertThat(up.all()).contains("no AWS credentials", "slipway:profile", "AWS_ACCESS_KEY_ID");
            assertThat(Files.exists(slipway.home())).isFalse();
        }
    }

    static Launcher withoutCredentials(Launcher slipway) {
        return slipway.with("AWS_ACCESS_KEY_ID", "")
                .with("AWS_SECRET_ACCESS_KEY", "")
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_CONFIG_FILE", "/dev/null")
                .with("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }
}
