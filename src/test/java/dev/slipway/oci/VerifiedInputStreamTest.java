package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class VerifiedInputStreamTest {
    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

    private static VerifiedInputStream stream(byte[] content, long size) {
        return new VerifiedInputStream(new ByteArrayInputStream(content), Digest.of(CONTENT), size);
    }

    @Test
    void passesTheRightContentOn() throws IOException {
        assertThat(stream(CONTENT, CONTENT.length).readAllBytes()).isEqualTo(CONTENT);
        assertThat(stream(CONTENT, -1).readAllBytes()).isEqualTo(CONTENT);
        Digest sha512 = new Digest("sha512", "0".repeat(128)).ofSameKind(CONTENT);
        assertThat(new VerifiedInputStream(new ByteArrayInputStream(CONTENT), sha512, -1).readAllBytes())
                .isEqualTo(CONTENT);
    }

    @Test
    void skippedBytesCount() throws IOException {
        VerifiedInputStream stream = stream(CONTENT, CONTENT.length);
        assertThat(stream.skip(5)).isEqualTo(5);
        assertThat(stream.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("content");
    }

    @Test
    void otherContentFailsAtTheEnd() {
        byte[] other = CONTENT.clone();
        other[3] ^= 1;
        assertThatThrownBy(() -> stream(other, -1).readAllBytes())
                .isInstanceOf(VerifiedInputStream.Mismatch.class)
                .hasMessageContaining(Digest.of(CONTENT) + ", but is");
    }

    @Test
    void tooMuchFailsAtOnce() {
        assertThatThrownBy(() -> stream(CONTENT, 4).read(new byte[CONTENT.length]))
                .isInstanceOf(VerifiedInputStream.Mismatch.class)
                .hasMessageContaining("but has more");
    }

    @Test
    void tooLittleFailsAtTheEnd() {
        assertThatThrownBy(() -> stream(CONTENT, 40).readAllBytes()).hasMessageContaining("but ended after 12");
    }
}
