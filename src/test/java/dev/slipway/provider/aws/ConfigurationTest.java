package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.provider.HandlerProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigurationTest {
    private static final Urn PROVIDER = Urn.of("dev", "app", "", "pulumi:providers:slipway", "default");

    private final FakeAws aws = new FakeAws();

    @Test
    void takesTheDefaultEndpointAndRegion() {
        CheckResponse response = check(Map.of(), Map.of());
        assertThat(response.failures()).isEmpty();
        assertThat(response.inputs().text("endpoint")).hasValue("here");
        assertThat(response.inputs().text("region")).hasValue("us-east-1");
    }

    @Test
    void takesTheRegionOfTheEnvironment() {
        assertThat(check(Map.of(), Map.of("AWS_REGION", "eu-central-1"))
                        .inputs()
                        .text("region"))
                .hasValue("eu-central-1");
        assertThat(check(Map.of("region", "eu-west-1"), Map.of("AWS_REGION", "eu-central-1"))
                        .inputs()
                        .text("region"))
                .hasValue("eu-west-1");
    }

    @Test
    void needsARegionForAws() {
        assertThat(failures(Map.of("endpoint", "aws")))
                .singleElement()
                .asString()
                .contains("region: no region", "AWS_REGION");
        assertThat(failures(Map.of("endpoint", "aws", "region", "us-west-2"))).isEmpty();
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        assertThat(failures(Map.of("regoin", "x", "region", "nowhere", "endpoint", "heer", "secretKey", "s")))
                .containsExactlyInAnyOrder(
                        "regoin: unknown property; did you mean `region`?",
                        "region: `nowhere` is no AWS region; expected one like us-east-1",
                        "endpoint: `heer` is no endpoint: expected aws, here, or a URL that starts with http:// or https://; did you mean"
                                + " `here`?",
                        "accessKey: slipway:secretKey is set, so slipway:accessKey must be too");
    }

    @Test
    void wantsASecretForAnAccessKeyUnlessTheEndpointHasOne() {
        assertThat(failures(Map.of("accessKey", "444455556666"))).isEmpty();
        assertThat(failures(Map.of("accessKey", "AKIA1", "endpoint", "http://127.0.0.1:1")))
                .as("the same place by its URL")
                .isEmpty();
        assertThat(failures(Map.of("accessKey", "AKIA1", "endpoint", "http://127.0.0.1:2")))
                .singleElement()
                .asString()
                .startsWith("secretKey:");
        assertThat(failures(Map.of("accessKey", "AKIA1", "profile", "dev")))
                .singleElement()
                .asString()
                .startsWith("profile:");
    }

    @Test
    void leavesPulumisOwnKeysAlone() {
        assertThat(failures(Map.of("version", "1.0.0", "pluginDownloadURL", "x")))
                .isEmpty();
    }

    @Test
    void takesTheCredentialsOfTheEndpointWhenThereAreNone() {
        AwsSettings none = settings(Map.of());
        assertThat(none.accessKey()).isEqualTo(FakeAws.ACCOUNT);
        assertThat(none.secretKey()).isEqualTo("any");
        AwsSettings key = settings(Map.of("accessKey", "444455556666"));
        assertThat(key.accessKey()).isEqualTo("444455556666");
        assertThat(key.secretKey()).isEqualTo("any");
        assertThat(settings(Map.of("profile", "dev")).accessKey()).isNull();
        assertThat(key.urlScheme()).isEqualTo("http");
        assertThat(settings(Map.of("endpoint", "aws", "region", "us-east-1")).urlScheme())
                .isEqualTo("https");
    }

    @Test
    void showsNoSecretInItsTextOrMessages() {
        AwsSettings settings =
                settings(Map.of("accessKey", "444455556666", "secretKey", "hush-hush", "sessionToken", "tok-tok"));
        assertThat(settings.toString()).doesNotContain("hush-hush").doesNotContain("tok-tok");
        assertThatThrownBy(() -> settings(Map.of("secretKey", "hush-hush")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("slipway:accessKey")
                .message()
                .doesNotContain("hush-hush");
    }

    @Test
    void anotherRegionOrEndpointIsAnotherWorld() {
        DiffResponse region = diff(Map.of(), Map.of("region", "eu-west-1"));
        assertThat(region.diffs()).singleElement().satisfies(diff -> {
            assertThat(diff.kind().replaces()).isTrue();
            assertThat(diff.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("region"));
        });
        assertThat(diff(Map.of(), Map.of("endpoint", "http://127.0.0.1:5")).replaces())
                .isTrue();
        assertThat(diff(Map.of(), Map.of("endpoint", "here")).changes())
                .as("the default, written out")
                .isFalse();
    }

    @Test
    void aRotatedKeyReplacesNothingAndAnotherAccountsKeyEverything() {
        DiffResponse rotated = diff(
                Map.of("accessKey", "AKIAOWN1", "secretKey", "a"), Map.of("accessKey", "AKIAOWN2", "secretKey", "b"));
        assertThat(rotated.changes()).isTrue();
        assertThat(rotated.replaces()).isFalse();
        assertThat(diff(Map.of("accessKey", "AKIAOWN1"), Map.of("accessKey", "AKIAOTHER"))
                        .replaces())
                .isTrue();
        assertThat(diff(Map.of(), Map.of("accessKey", "444455556666")).replaces())
                .as("the endpoint's own key is of 111122223333")
                .isTrue();
        assertThat(diff(Map.of("accessKey", "111122223333"), Map.of("accessKey", "444455556666"))
                        .diffs())
                .singleElement()
                .satisfies(diff -> assertThat(diff.reason().orElseThrow()).contains("444455556666", "111122223333"));
    }

    @Test
    void touchesNoNetworkToCheck() {
        check(Map.of("accessKey", "444455556666"), Map.of());
        assertThat(aws.identityCalls).isZero();
    }

    @Test
    void replacesForARoleOfAnotherAccountAndNotForAnotherRole() {
        Map<String, String> one = Map.of("assumeRoleArn", "arn:aws:iam::111122223333:role/one");
        assertThat(diff(one, Map.of("assumeRoleArn", "arn:aws:iam::111122223333:role/two"))
                        .replaces())
                .isFalse();
        assertThat(diff(one, Map.of("assumeRoleArn", "arn:aws:iam::444455556666:role/one"))
                        .replaces())
                .isTrue();
    }

    @Test
    void saysWhatIsWrongWithARoleToAssume() {
        assertThat(failures(Map.of("assumeRoleArn", "deployer")))
                .containsExactly("assumeRoleArn: `deployer` is no role: expected arn:aws:iam::ACCOUNT:role/NAME");
        assertThat(failures(Map.of("assumeRoleExternalId", "x")))
                .singleElement()
                .asString()
                .startsWith("assumeRoleExternalId:");
    }

    private List<String> failures(Map<String, String> config) {
        return check(config, Map.of()).failures().stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    private CheckResponse check(Map<String, String> config, Map<String, String> variables) {
        return provider(variables)
                .checkConfig(new CheckRequest(PROVIDER, Optional.empty(), map(config), "00".repeat(32)));
    }

    private DiffResponse diff(Map<String, String> olds, Map<String, String> news) {
        return provider(Map.of())
                .diffConfig(new DiffRequest("id", PROVIDER, map(olds), map(olds), map(news), List.of()));
    }

    private AwsSettings settings(Map<String, String> config) {
        return new ConfigReader(aws.environment()).settings(map(config));
    }

    private HandlerProvider provider(Map<String, String> variables) {
        return new HandlerProvider(
                new AwsConfiguration(aws.environment(variables), ProviderHost.SILENT, settings -> aws),
                ProviderHost.SILENT);
    }

    private static PropertyMap map(Map<String, String> config) {
        PropertyMap map = PropertyMap.EMPTY;
        for (Map.Entry<String, String> entry : config.entrySet()) {
            map = map.with(entry.getKey(), PropertyValue.of(entry.getValue()));
        }
        return map;
    }
}
