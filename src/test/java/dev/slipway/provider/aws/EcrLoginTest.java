package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.ProviderHost;
import org.junit.jupiter.api.Test;

final class EcrLoginTest {
    private final FakeAws aws = new FakeAws();
    private final EcrLogin login = new EcrLogin(new AwsSession(
            new ConfigReader(aws.environment()).settings(PropertyMap.EMPTY),
            aws,
            new Waiting(() -> aws.now, (duration, cancelled) -> true),
            ProviderHost.SILENT));

    @Test
    void opensTheTokenAndHidesThePassword() {
        RegistryLogin opened = login.login();
        assertThat(opened.username()).isEqualTo("AWS");
        assertThat(opened.password()).isEqualTo("pass:word");
        assertThat(opened.registry()).hasHost("111122223333.dkr.ecr.us-east-1.amazonaws.com");
        assertThat(opened.toString()).doesNotContain("pass:word");
    }

    @Test
    void makesARepositoryOnce() {
        assertThat(login.createRepositoryIfMissing("team/app")).isTrue();
        assertThat(login.createRepositoryIfMissing("team/app")).isFalse();
        assertThat(login.account()).isEqualTo(FakeAws.ACCOUNT);
        assertThat(login.region()).isEqualTo("us-east-1");
    }
}
