package dev.slipway.oci.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the client behaves towards registries of other people; our own one is met in {@code cloud.registry}. */
final class RegistryClientTest {
    private static final byte[] LAYER = "layer".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MANIFEST =
            ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\""
                            + Digest.of(LAYER) + "\",\"size\":5},\"layers\":[]}")
                    .getBytes(StandardCharsets.UTF_8);

    private final BearerRegistry gallery = new BearerRegistry();
    private final RegistryClient client = RegistryClient.of(gallery.uri(), RegistryAuth.anonymous());

    @AfterEach
    void stop() {
        gallery.close();
    }

    @Test
    void followsTheChallengeOnceAndKeepsTheToken() throws IOException {
        gallery.content.put("/v2/nginx/nginx/manifests/1", MANIFEST);
        assertThat(client.resolve("nginx/nginx", "1").digest()).isEqualTo(Digest.of(MANIFEST));
        client.resolve("nginx/nginx", "1");
        assertThat(gallery.log)
                .isEqualTo(List.of(
                        "GET /v2/nginx/nginx/manifests/1",
                        "token service=public.ecr.aws&scope=aws",
                        "GET /v2/nginx/nginx/manifests/1",
                        "GET /v2/nginx/nginx/manifests/1"));
    }

    @Test
    void showsNoTokenToTheServerBehindARedirect() throws IOException {
        gallery.content.put("/v2/nginx/nginx/blobs/" + Digest.of(LAYER), LAYER);
        assertThat(client.blobs("nginx/nginx").open(Digest.of(LAYER)).readAllBytes())
                .isEqualTo(LAYER);
    }

    @Test
    void refusesOtherContentThanTheDigestPromises() {
        gallery.content.put("/v2/a/b/manifests/" + Digest.of(LAYER), MANIFEST);
        assertThatThrownBy(() -> client.resolve("a/b", Digest.of(LAYER).toString()))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.BAD_CONTENT))
                .hasMessageContaining("sent other content");
        gallery.content.put("/v2/a/b/blobs/" + Digest.of(MANIFEST), LAYER);
        assertThatThrownBy(() -> client.blobs("a/b").open(Digest.of(MANIFEST)).readAllBytes())
                .hasMessageContaining("but is " + Digest.of(LAYER));
    }

    @Test
    void aServerErrorIsWorthAnotherTry() {
        gallery.failure = 503;
        assertThatThrownBy(() -> client.resolve("a/b", "1"))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.UNREACHABLE))
                .hasMessageContaining("HTTP 503): out of order");
    }

    @Test
    void sendsCredentialsOverNoPlainConnectionToAnotherMachine() {
        assertThatThrownBy(() -> RegistryClient.of(URI.create("http://registry.example.com"), RegistryAuth.anonymous()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected https://");
        assertThatThrownBy(
                        () -> RegistryClient.of(URI.create("http://127.0.0.1.example.com"), RegistryAuth.anonymous()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(RegistryAuth.basic("AWS", "hunter2")).asString().doesNotContain("hunter2");
    }

    @Test
    void knowsWhereAnImageReallyIs() {
        assertThat(RegistryAddress.of(ImageReference.parse("127.0.0.1:4577/111122223333/us-east-1/team/app")))
                .isEqualTo(new RegistryAddress(URI.create("http://127.0.0.1:4577"), "111122223333/us-east-1/team/app"));
        assertThat(RegistryAddress.of(ImageReference.parse("111122223333.dkr.ecr.us-east-1.amazonaws.com/app")))
                .isEqualTo(
                        new RegistryAddress(URI.create("https://111122223333.dkr.ecr.us-east-1.amazonaws.com"), "app"));
        URI local = URI.create("http://127.0.0.1:4577");
        assertThat(RegistryAddress.on(local, ImageReference.parse("public.ecr.aws/slipway/hello")))
                .isEqualTo(new RegistryAddress(local, "public.ecr.aws/slipway/hello"));
        assertThat(RegistryAddress.on(local, ImageReference.parse("111122223333.dkr.ecr.us-east-1.amazonaws.com/app")))
                .isEqualTo(new RegistryAddress(local, "111122223333/us-east-1/app"));
    }
}
