package dev.slipway.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.protocol.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginFinderTest {
    @TempDir
    private Path root;

    private Path plugin(String directory) throws IOException {
        Path file = Files.createDirectories(root.resolve(directory)).resolve("pulumi-resource-random");
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private PluginFinder finder(Map<String, Path> named, String ignoring) {
        return new PluginFinder(
                named,
                Map.of(
                        "PATH",
                        root.resolve("empty") + ":" + root.resolve("bin"),
                        "PULUMI_HOME",
                        root.resolve("home").toString(),
                        "PULUMI_IGNORE_AMBIENT_PLUGINS",
                        ignoring));
    }

    @Test
    void theProjectsWordGoesBeforeThePathAndThatBeforeWhatIsInstalled() throws IOException {
        assertThat(finder(Map.of(), "").find("random")).isEmpty();
        Path old = plugin("home/plugins/resource-random-v4.9.0");
        Path young = plugin("home/plugins/resource-random-v4.16.3");
        plugin("home/plugins/resource-random-v4.16.3-alpha");
        assertThat(finder(Map.of(), "").find("random")).contains(young);
        Path onPath = plugin("bin");
        assertThat(finder(Map.of(), "").find("random")).contains(onPath);
        assertThat(finder(Map.of(), "true").find("random")).contains(young);
        Path named = plugin("mine");
        assertThat(finder(Map.of("random", named.getParent()), "").find("random"))
                .contains(named);
        assertThat(finder(Map.of("random", old), "").find("random")).contains(old);
    }

    @Test
    void aPlaceWithoutAPluginIsToldWithWhatWasExpected() throws IOException {
        Path empty = Files.createDirectories(root.resolve("mine"));
        assertThatThrownBy(() -> finder(Map.of("random", empty), "").find("random"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(empty.resolve("pulumi-resource-random").toString());
        Files.writeString(empty.resolve("PulumiPlugin.yaml"), "runtime: python\n");
        assertThatThrownBy(() -> finder(Map.of("random", empty), "").find("random"))
                .hasMessageContaining("PulumiPlugin.yaml");
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(PluginFinder.compareVersions("4.9.0", "4.16.3")).isNegative();
        assertThat(PluginFinder.compareVersions("1.0.0", "1.0.0-beta")).isPositive();
        assertThat(PluginFinder.compareVersions("1.0.0", "1.0.0")).isZero();
    }
}
