package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FunctionsTest {
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final FakeAws aws = new FakeAws();
    private final ResourceProvider provider = aws.provider();

    @Test
    void tellsWhatAnImageIs() {
        aws.images.answers.put(IMAGE, new ImageRegistry.Found(DIGEST, 42, List.of("8080/tcp", "53/udp", "9000")));
        PropertyMap result = call("getImage", PropertyMap.of("image", PropertyValue.of(IMAGE)));
        assertThat(result.text("pinnedImage"))
                .hasValue("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app@" + DIGEST);
        assertThat(result.get("exposedPorts"))
                .hasValue(PropertyValue.of(List.of(PropertyValue.of(8080), PropertyValue.of(9000))));
        assertThat(result.text("repositoryArn")).hasValue("arn:aws:ecr:us-east-1:111122223333:repository/team/app");
    }

    @Test
    void saysWhyAnImageCannotBeTold() {
        assertThatThrownBy(() -> call("getImage", PropertyMap.of("image", PropertyValue.of(IMAGE))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("could not be asked", "nobody knows");
        aws.images.answers.put(IMAGE, new ImageRegistry.Unusable("there is no tag 1", false));
        assertThatThrownBy(() -> call("getImage", PropertyMap.of("image", PropertyValue.of(IMAGE))))
                .hasMessageContaining("there is no tag 1");
    }

    @Test
    void refusesAnImageThatAppRunnerCannotRun() {
        assertThat(invoke("getImage", PropertyMap.of("image", PropertyValue.of("nginx")))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.path()).hasToString("image"));
    }

    @Test
    void tellsWhoseCredentialsTheseAre() {
        PropertyMap result = call("getCallerIdentity", PropertyMap.EMPTY);
        assertThat(result.text("accountId")).hasValue(FakeAws.ACCOUNT);
        assertThat(result.text("region")).hasValue(FakeAws.REGION);
    }

    @Test
    void findsAServiceByNameOrByArnAndKeepsItsEnvironmentToItself() {
        PropertyMap inputs = PropertyMap.of("serviceName", PropertyValue.of("hello"))
                .with("image", PropertyValue.of("public.ecr.aws/slipway/hello:latest"))
                .with("environment", PropertyMap.of("PASSWORD", PropertyValue.of("hunter22")));
        String arn = provider.create(
                        new CreateRequest(FakeAws.urn("Service", "hello"), inputs, Optional.empty(), false))
                .id();
        PropertyMap byName = call("getService", PropertyMap.of("serviceName", PropertyValue.of("hello")));
        assertThat(byName.text("arn")).hasValue(arn);
        assertThat(byName.text("status")).hasValue("RUNNING");
        assertThat(byName.toString()).doesNotContain("hunter22");
        assertThat(call("getService", PropertyMap.of("arn", PropertyValue.of(arn))))
                .isEqualTo(byName);
    }

    @Test
    void saysThatThereIsNoSuchService() {
        assertThatThrownBy(() -> call("getService", PropertyMap.of("serviceName", PropertyValue.of("nobody"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("no service nobody");
        assertThat(invoke("getService", PropertyMap.EMPTY).failures()).hasSize(1);
    }

    private PropertyMap call(String name, PropertyMap arguments) {
        InvokeResponse response = invoke(name, arguments);
        assertThat(response.failures()).isEmpty();
        return response.result();
    }

    private InvokeResponse invoke(String name, PropertyMap arguments) {
        return provider.invoke(new InvokeRequest("slipway:index:" + name, arguments, false));
    }
}
