package dev.slipway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DidYouMeanTest {
    private static final List<String> KNOWN = List.of("path", "port", "interval", "healthyThreshold", "serviceName");

    @ParameterizedTest
    @CsvSource({
        "pth, path",
        "prot, port",
        "Interval, interval",
        "healthThreshold, healthyThreshold",
        "servicename, serviceName"
    })
    void findsTheNearName(String written, String meant) {
        assertThat(DidYouMean.nearest(written, KNOWN)).hasValue(meant);
    }

    @Test
    void listsAllWhenNoneIsNear() {
        assertThat(DidYouMean.sentence("colour", KNOWN))
                .isEqualTo("unknown property; known are healthyThreshold, interval, path, port, serviceName");
    }
}
