package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ImageConfigTest {
    private static final String ID = "sha256:" + "c".repeat(64);

    private static ImageConfig parse(String json) {
        return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatDockerWrites() {
        ImageConfig config = parse("""
                {"architecture": "amd64", "os": "linux", "created": "2026-01-01T00:00:00Z",
                 "config": {"Hostname": "", "User": "1000:1000", "ExposedPorts": {"8080/tcp": {}}, "Env": ["PATH=/bin", "A=b=c"],
                  "Entrypoint": ["/app"], "Cmd": ["--port", "8080"], "WorkingDir": "/srv", "StopSignal": "SIGQUIT", "Volumes": null},
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]}, "history": [{}]}
                """.formatted(ID));
        assertThat(config.entrypoint()).containsExactly("/app");
        assertThat(config.command()).containsExactly("--port", "8080");
        assertThat(config.env()).containsExactly("PATH=/bin", "A=b=c");
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.workingDirectory()).isEqualTo("/srv");
        assertThat(config.exposedPorts()).containsExactly("8080/tcp");
        assertThat(config.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(config.diffIds()).containsExactly(Digest.parse(ID));
        assertThat(ImageConfig.parse(config.toJson())).isEqualTo(config);
    }

    @Test
    void readsTheSmallestOne() {
        ImageConfig config =
                parse("{\"architecture\":\"arm64\",\"os\":\"linux\",\"config\":{\"Env\":null,\"Entrypoint\":null}}");
        assertThat(config.env()).isEmpty();
        assertThat(config.platform()).hasToString("linux/arm64");
        assertThat(ImageConfig.parse(config.toJson())).isEqualTo(config);
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> parse("{\"os\":\"linux\"}")).hasMessageContaining("no `architecture`");
        assertThatThrownBy(() -> parse("{\"architecture\":\"a\",\"os\":\"l\",\"config\":{\"Cmd\":\"x\"}}"))
                .hasMessageContaining("`Cmd` is not a list");
        assertThatThrownBy(() -> parse("{\"architecture\":\"a\",\"os\":\"l\",\"config\":{\"Cmd\":[1]}}"))
                .hasMessageContaining("`Cmd` holds something that is not text");
        assertThatThrownBy(() -> parse("{\"architecture\":\"a\",\"os\":\"l\",\"rootfs\":{\"diff_ids\":[\"x\"]}}"))
                .hasMessageContaining("diff_ids");
    }

    @Test
    void doesNotShowTheValueOfABrokenVariable() {
        assertThatThrownBy(() ->
                        parse("{\"architecture\":\"a\",\"os\":\"l\",\"config\":{\"Env\":[\"A=1\",\"=hunter2\"]}}"))
                .isInstanceOf(InvalidContent.class)
                .hasMessageContaining("entry 1")
                .hasMessageNotContaining("hunter2");
    }
}
