package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is found out of images in real registries, public and private, before App Runner is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImagesOnCloudIT {
    private static final String PUBLIC = "public.ecr.aws/slipway/hello";
    private static final String PRIVATE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1";

    private TestCloud cloud;
    private ResourceProvider provider;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        cloud = TestCloud.start(directory);
        provider = OnCloud.provider(cloud, FakeAws.ACCOUNT);
    }

    @AfterAll
    void stop() {
        provider.close();
        cloud.close();
    }

    @Test
    void anImageIsToldByItsName() {
        PropertyMap found = getImage(PUBLIC + ":latest");
        assertThat(found.get("exposedPorts")).hasValue(PropertyValue.of(List.of(PropertyValue.of(8080))));
        assertThat(getImage(found.text("pinnedImage").orElseThrow()).get("digest"))
                .isEqualTo(found.get("digest"));
    }

    @Test
    void aTagThatIsNotThereIsRefusedBeforeTheCreation() {
        assertThatThrownBy(() -> create(PropertyMap.of("image", PropertyValue.of(PUBLIC + ":nowhere"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll(
                        "the deployment would fail: image: there is no " + PUBLIC + ":nowhere", "Nothing was changed");
    }

    @Test
    void aPrivateRepositoryIsAskedWithTheProvidersCredentials() {
        assertThatThrownBy(() -> getImage(PRIVATE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("team/app");
    }

    private PropertyMap getImage(String image) {
        var answer = provider.invoke(
                new InvokeRequest("slipway:index:getImage", PropertyMap.of("image", PropertyValue.of(image)), false));
        assertThat(answer.failures()).isEmpty();
        return answer.result();
    }

    private void create(PropertyMap inputs) {
        provider.create(new CreateRequest(
                FakeAws.urn("Service", "hello"),
                inputs.with("serviceName", PropertyValue.of("hello")).with("port", PropertyValue.of(8080)),
                Optional.empty(),
                false));
    }
}
