package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class ProviderTest {
    @Test
    void hasTheVersionThatThePluginSaysOfItself() throws IOException {
        try (InputStream plugin = ProviderTest.class.getResourceAsStream("/com/dev/slipway/plugin.json")) {
            assertThat(new ObjectMapper().readTree(plugin).path("version").asText())
                    .isEqualTo(Provider.VERSION);
        }
    }
}
