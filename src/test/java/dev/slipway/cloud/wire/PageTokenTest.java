package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class PageTokenTest {
    @Test
    void aTokenOpensAtThePlaceItWasSealedFor() {
        for (String place : new String[] {"", "team/app", "ü".repeat(500), "a\nb"}) {
            assertThat(PageToken.open("repositories", PageToken.seal("repositories", place)))
                    .contains(place);
        }
    }

    @Test
    void aTokenOfAnotherListOpensNothing() {
        assertThat(PageToken.open("images", PageToken.seal("repositories", "team/app")))
                .isEmpty();
    }

    @Test
    void aTokenThatWasChangedOpensNothing() {
        byte[] token = Base64.getUrlDecoder().decode(PageToken.seal("repositories", "team/app"));
        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(PageToken.open("repositories", text)).isEmpty();
        }
        assertThat(PageToken.open("repositories", "")).isEmpty();
        assertThat(PageToken.open("repositories", "AAAA")).isEmpty();
        assertThat(PageToken.open("repositories", "not base64!")).isEmpty();
    }

    @Test
    void aTokenDoesNotShowItsPlace() {
        String token = PageToken.seal("repositories", "team/app");

        assertThat(new String(Base64.getUrlDecoder().decode(token), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("team");
    }
}
