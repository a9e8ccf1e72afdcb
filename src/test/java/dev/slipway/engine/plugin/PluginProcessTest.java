package dev.slipway.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are no good plugins. */
final class PluginProcessTest {
    @TempDir
    private Path root;

    private ResourceProvider plugin(String script) throws IOException {
        Path file = root.resolve("pulumi-resource-bad");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return new PluginLoader(Map.of("bad", root), root, Map.of("PATH", System.getenv("PATH")))
                .load("bad", ProviderHost.SILENT)
                .orElseThrow();
    }

    @Test
    void oneThatEndsAtOnceIsToldWithItsLastWords() throws IOException {
        try (ResourceProvider provider = plugin("echo 'no licence' >&2; exit 3")) {
            assertThatThrownBy(() -> provider.configure(PropertyMap.EMPTY))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("`bad` ended before it served");
        }
    }

    @Test
    void oneThatPrintsNoPortIsToldWithWhatItPrinted() throws IOException {
        try (ResourceProvider provider = plugin("echo hello; sleep 60")) {
            assertThatThrownBy(() -> provider.configure(PropertyMap.EMPTY))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("it printed `hello`");
        }
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(root.toString()));
    }
}
