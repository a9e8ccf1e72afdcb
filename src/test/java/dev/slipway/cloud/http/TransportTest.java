package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TransportTest {
    private static final String LEAKS = "io.netty.leakDetection.level";

    private final String before = System.getProperty(LEAKS);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(LEAKS);
        } else {
            System.setProperty(LEAKS, before);
        }
    }

    @Test
    void followsNoBuffersUnlessSomebodyWants() {
        System.clearProperty(LEAKS);
        Transport.settle();
        assertThat(System.getProperty(LEAKS)).isEqualTo("disabled");
        System.setProperty(LEAKS, "simple");
        Transport.settle();
        assertThat(System.getProperty(LEAKS)).isEqualTo("simple");
    }
}
