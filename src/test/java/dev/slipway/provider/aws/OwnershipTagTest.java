package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.Urn;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnershipTagTest {
    @Test
    void isTheUrnInLettersThatEveryServiceTakes() {
        Urn child = Urn.of("dev", "app", "slipway:index:ImageService", "slipway:index:Service", "hello");
        assertThat(OwnershipTag.valueOf(child))
                .isEqualTo("urn:pulumi:dev::app::slipway:index:ImageService/slipway:index:Service::hello");
    }

    @Test
    void tellsResourcesApartWhoseNamesAreLongOrStrange() {
        assertThat(value("a b"))
                .isNotEqualTo(value("a_b"))
                .isNotEqualTo(value("a?b"))
                .matches("[A-Za-z0-9_.:/=+@-]+");
        assertThat(value("x".repeat(300) + "1"))
                .hasSizeLessThanOrEqualTo(256)
                .isNotEqualTo(value("x".repeat(300) + "2"));
        assertThat(OwnershipTag.isOf(Map.of(OwnershipTag.KEY, value("a?b")), FakeAws.urn("Service", "a?b")))
                .isTrue();
        assertThat(OwnershipTag.isOf(Map.of(), FakeAws.urn("Service", "a?b"))).isFalse();
    }

    private static String value(String name) {
        return OwnershipTag.valueOf(FakeAws.urn("Service", name));
    }
}
