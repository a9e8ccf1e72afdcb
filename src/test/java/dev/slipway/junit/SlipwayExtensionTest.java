package dev.slipway.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SlipwayExtensionTest {
    @Test
    void aFieldThatIsNotStaticIsToldAbout() {
        assertThatThrownBy(() -> SlipwayExtension.deploying(ctx -> {}).output("url"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be static");
    }
}
