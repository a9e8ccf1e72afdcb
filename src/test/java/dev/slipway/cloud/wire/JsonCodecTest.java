package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

final class JsonCodecTest {
    private static final int LARGEST_PART_BYTES = 20 * 1024 * 1024;

    private static SdkPojo read(String json) {
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), UploadLayerPartRequest.class);
    }

    @Test
    void aPartOfALayerMayBeAsLargeAsEcrTakesIt() {
        String part = Base64.getEncoder().encodeToString(new byte[LARGEST_PART_BYTES]);

        UploadLayerPartRequest read = (UploadLayerPartRequest) read("{\"layerPartBlob\":\"" + part + "\"}");

        assertThat(read.layerPartBlob().asByteArrayUnsafe()).hasSize(LARGEST_PART_BYTES);
    }

    @Test
    void whatFollowsTheBodyIsRefused() {
        assertThat(read("{} \r\n")).isNotNull();
        assertThatThrownBy(() -> read("{}{}")).isInstanceOf(SerializationFault.class);
        assertThatThrownBy(() -> read("{} x")).isInstanceOf(SerializationFault.class);
    }

    @Test
    void whatIsTooDeepIsRefusedInPlainWords() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
                .isInstanceOf(SerializationFault.class)
                .hasMessage("the body is nested too deeply, or has a text or number that is too long");
    }
}
