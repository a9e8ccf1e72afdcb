package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.pulumi.exceptions.RunException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";

    private final Map<String, String> config = new HashMap<>(Map.of("launch:image", IMAGE));
    private Set<String> secrets = Set.of();

    @Test
    void anImageIsEnough() {
        var settings = read();

        assertThat(settings.image()).hasToString(IMAGE);
        assertThat(settings.service().port()).isEmpty();
        assertThat(settings.service().environment().value()).isEmpty();
        assertThat(settings.service().healthCheck()).isEmpty();
        assertThat(settings.repositoryAccount()).isEmpty();
    }

    @Test
    void emptyTextsAndObjectsCountAsNotGiven() {
        for (var key : Set.of("name", "port", "startCommand", "autoDeploy", "accountId", "healthCheck", "tags")) {
            config.put("launch:" + key, "");
        }
        config.put("launch:scaling", "{}");

        var settings = read();

        assertThat(settings.service().name()).isEmpty();
        assertThat(settings.service().autoDeploy()).isEmpty();
        assertThat(settings.service().scaling()).isEmpty();
        assertThat(settings.service().tags().value()).isEmpty();
    }

    @Test
    void objectsComeAsJsonWithNumbersOrTexts() {
        config.put("launch:healthCheck", """
                {"protocol": "HTTP", "path": "/healthz", "interval": 1, "timeout": "2"}
                """);
        config.put("launch:environment", """
                {"PORT2": 81, "ON": true, "EMPTY": "", "TEXT": "a b"}
                """);

        var settings = read();

        var check = settings.service().healthCheck().orElseThrow();
        assertThat(check.interval()).map(ConfigValue::value).contains(1);
        assertThat(check.timeout()).map(ConfigValue::value).contains(2);
        assertThat(check.healthyThreshold()).isEmpty();
        assertThat(settings.service().environment().value())
                .containsExactlyInAnyOrderEntriesOf(Map.of("PORT2", "81", "ON", "true", "EMPTY", "", "TEXT", "a b"));
    }

    @Test
    void readsEverythingThatAServiceHas() {
        config.put("launch:environmentSecrets", "{\"TOKEN\": \"/team/token\"}");
        config.put("launch:network", "{\"egressType\": \"DEFAULT\", \"isPubliclyAccessible\": false}");
        config.put("launch:observability", "{\"enabled\": false}");
        config.put("launch:paused", "true");
        config.put("launch:redeployOn", "{\"secret\": 2}");

        var service = read().service();

        assertThat(service.environmentSecrets().value()).containsExactly(Map.entry("TOKEN", "/team/token"));
        assertThat(service.network().orElseThrow().isPubliclyAccessible())
                .map(ConfigValue::value)
                .contains(false);
        assertThat(service.observability().orElseThrow().enabled())
                .map(ConfigValue::value)
                .contains(false);
        assertThat(service.paused()).map(ConfigValue::value).contains(true);
        assertThat(service.redeployOn().value()).containsExactly(Map.entry("secret", "2"));
    }

    @Test
    void saysEverythingThatIsWrongAtOnceWithItsPath() {
        config.put("launch:image", "docker.io/library/nginx");
        config.put("launch:port", "eighty");
        config.put("launch:autoDeploy", "yes");
        config.put("launch:healthCheck", "{\"pth\": \"/\", \"interval\": 1.5, \"timeout\": {}}");
        config.put("launch:scaling", "many");
        config.put("launch:environment", "{\"A\": null, \"B\": [1]}");
        config.put("launch:accountId", "4711");

        var failure = catchThrowableOfType(RunException.class, this::read);

        assertThat(failure.getMessage().lines())
                .anySatisfy(line -> assertThat(line).contains("launch:image: ", "docker.io/library/nginx"))
                .contains(
                        "  launch:port: expected a whole number, got `eighty`",
                        "  launch:autoDeploy: expected true or false, got `yes`",
                        "  launch:healthCheck.pth: unknown key; did you mean path?",
                        "  launch:healthCheck.interval: expected a whole number, got `1.5`",
                        "  launch:healthCheck.timeout: expected a whole number, got an object",
                        "  launch:scaling: expected an object, lines of `key: value`",
                        "  launch:environment.A: has no value; write \"\" for an empty text",
                        "  launch:environment.B: expected text, got a list");
        assertThat(failure).hasMessageContaining("launch:accountId: expected twelve digits");
    }

    @Test
    void aMissingImageIsNamedWithAnExample() {
        config.remove("launch:image");

        assertThatThrownBy(this::read)
                .isInstanceOf(RunException.class)
                .hasMessageContaining("launch:image: is required");
    }

    @Test
    void aWordThatIsLikeNoKnownKeyGetsTheListOfThem() {
        config.put("launch:scaling", "{\"instances\": 3}");

        assertThatThrownBy(this::read)
                .hasMessageContaining(
                        "launch:scaling.instances: unknown key; known are minSize, maxSize, maxConcurrency");
    }

    @Test
    void aSecretStaysOneAndIsNeverInAMessage() {
        config.put("launch:environment", "{\"TOKEN\": \"hush\"}");
        config.put("launch:port", "hush-port");
        config.put("launch:repositoryAccount", "{\"accessKey\": \"AKIA\", \"secretKey\": \"hush-key\", \"oops\": 1}");
        secrets = Set.of("launch:environment", "launch:port", "launch:repositoryAccount");

        assertThatThrownBy(this::read)
                .hasMessageContaining("launch:port: expected a whole number")
                .hasMessageContaining("launch:repositoryAccount.oops")
                .hasMessageNotContaining("hush");

        config.remove("launch:port");
        config.put("launch:repositoryAccount", "{\"accessKey\": \"AKIA\", \"secretKey\": \"hush-key\"}");
        var settings = read();
        assertThat(settings.service().environment().secret()).isTrue();
        assertThat(settings.repositoryAccount()
                        .orElseThrow()
                        .secretKey()
                        .orElseThrow()
                        .secret())
                .isTrue();
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void theImagesAccountNeedsAKeyOrAProfile() {
        config.put("launch:repositoryAccount", "{\"region\": \"us-east-1\"}");
        assertThatThrownBy(this::read).hasMessageContaining("launch:repositoryAccount.accessKey: give either");

        config.put("launch:repositoryAccount", "{\"accessKey\": \"AKIA\", \"profile\": \"theirs\"}");
        assertThatThrownBy(this::read).hasMessageContaining("launch:repositoryAccount.accessKey: give either");

        config.put("launch:repositoryAccount", "{\"profile\": \"theirs\"}");
        assertThat(read().repositoryAccount()).isPresent();
    }

    private Settings read() {
        var object = new ConfigObject("launch", key -> Optional.ofNullable(config.get(key)), secrets::contains);
        Optional<Settings> settings = Settings.read(object);
        object.throwIfProblems();
        return settings.orElseThrow();
    }
}
