package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownHostsTest {
    @ParameterizedTest
    @CsvSource({
        "111122223333.dkr.ecr.eu-west-1.amazonaws.com, true",
        "public.ecr.aws, true",
        "api.ecr.eu-west-1.amazonaws.com, true",
        "apprunner.us-east-1.amazonaws.com, true",
        "iam.amazonaws.com, true",
        "sts.eu-west-1.amazonaws.com, true",
        "logs.eu-west-1.amazonaws.com, true",
        "111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example, false",
        "bucket.s3.amazonaws.com, false",
        "ec2-1-2-3-4.eu-west-1.compute.amazonaws.com, false",
        "evil.example, false",
    })
    void onlyNamesOfServicesThatAreHere(String host, boolean known) {
        assertThat(KnownHosts.isOfAws(host)).isEqualTo(known);
    }
}
