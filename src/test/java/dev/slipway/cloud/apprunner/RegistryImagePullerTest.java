package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cloud.apprunner.ImagePuller.PullRequest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls over real HTTP from a registry that says what a test wants. */
final class RegistryImagePullerTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/pull";
    private static final String IMAGE = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String PATH = "/v2/444455556666/us-east-1/team/app";
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("AWS:secret-pass".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private final Map<String, byte[]> content = new HashMap<>();
    private HttpServer server;
    private Optional<String> denial = Optional.empty();
    private boolean trusted = true;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void pullsAsTheAccessRoleAndKeepsACopy() throws Exception {
        Digest digest = image("amd64");
        assertThat(puller().pull(request(Optional.of(ROLE))).digest()).isEqualTo(digest);
        server.stop(0);
        assertThat(puller().stored(digest)).isPresent();
    }

    @Test
    void aDenialKeepsTheRegistrysWordsAndNamesTheRole() {
        image("amd64");
        denial = Optional.of("the repository policy does not allow ecr:BatchGetImage");
        assertThatThrownBy(() -> puller().pull(request(Optional.of(ROLE))))
                .isInstanceOf(PullFailure.class)
                .hasMessageContaining("the repository policy does not allow ecr:BatchGetImage")
                .hasMessageContaining("pulled as the access role " + ROLE)
                .message()
                .doesNotContain("secret-pass");
    }

    @Test
    void aFailureNamesTheImageAsItWasWritten() {
        assertThatThrownBy(() -> puller().pull(request(Optional.of(ROLE))))
                .isInstanceOf(PullFailure.class)
                .hasMessage("could not read the image " + IMAGE + ": it is not there (HTTP 404)");
        image("amd64");
        content.keySet().removeIf(path -> path.contains("/blobs/"));
        assertThatThrownBy(() -> puller().pull(request(Optional.of(ROLE))))
                .isInstanceOf(PullFailure.class)
                .hasMessageMatching("could not read sha256:[0-9a-f]{64} of " + IMAGE.replace(":1", "") + ": .*")
                .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void aRoleThatTrustsSomeoneElseIsNamed() {
        image("amd64");
        trusted = false;
        assertThatThrownBy(() -> puller().pull(request(Optional.of(ROLE))))
                .isInstanceOf(PullFailure.class)
                .hasMessageContaining("Invalid Access Role in AuthenticationConfiguration")
                .hasMessageContaining(ROLE);
        assertThatThrownBy(() -> puller().pull(request(Optional.empty())))
                .isInstanceOf(PullFailure.class)
                .hasMessageContaining("no access role");
    }

    @Test
    void anImageForAnotherArchitectureIsRefused() {
        image("arm64");
        assertThatThrownBy(() -> puller().pull(request(Optional.of(ROLE))))
                .isInstanceOf(PullFailure.class)
                .hasMessageContaining("built for linux/arm64")
                .hasMessageContaining("--platform linux/amd64");
    }

    private RegistryImagePuller puller() {
        URI registry = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RegistryImagePuller(new Roles(), () -> registry, directory);
    }

    private static PullRequest request(Optional<String> role) {
        return new PullRequest(IMAGE, role, "arn:service", "111122223333", "us-east-1");
    }

    private Digest image(String architecture) {
        String diffId = Digest.of("layer".getBytes(StandardCharsets.UTF_8)).toString();
        Descriptor layer = blob("application/vnd.oci.image.layer.v1.tar+gzip", "layer");
        Descriptor config = blob("application/vnd.oci.image.config.v1+json", """
                {"architecture":"%s","os":"linux","config":{"Cmd":["/app"]},
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(architecture, diffId));
        byte[] manifest = new Manifest("application/vnd.oci.image.manifest.v1+json", config, List.of(layer)).toJson();
        content.put(PATH + "/manifests/1", manifest);
        return Digest.of(manifest);
    }

    private Descriptor blob(String mediaType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.put(PATH + "/blobs/" + Digest.of(bytes), bytes);
        return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = content.get(exchange.getRequestURI().getPath());
            int status = body == null ? 404 : 200;
            if (!LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
                status = 401;
            } else if (denial.isPresent()) {
                status = 403;
                body = "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"%s\"}]}"
                        .formatted(denial.get())
                        .getBytes(StandardCharsets.UTF_8);
            } else if (exchange.getRequestURI().getPath().contains("/manifests/")) {
                exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
            }
            byte[] answer = body == null ? new byte[0] : body;
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private final class Roles implements RoleAssumer {
        @Override
        public Caller assume(String servicePrincipal, String roleArn, String serviceArn) {
            assertThat(servicePrincipal).isEqualTo("build.apprunner.amazonaws.com");
            assertThat(serviceArn).isEqualTo("arn:service");
            if (!trusted) {
                throw new AwsException("AccessDenied", 403, "the trust policy does not name " + servicePrincipal);
            }
            return new Caller(
                    "111122223333",
                    "arn:aws:sts::111122223333:assumed-role/pull/session",
                    "AROA:session",
                    "ASIA",
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());
        }

        @Override
        public String registryPassword(Caller caller, String region) {
            assertThat(region).isEqualTo("us-east-1");
            return "secret-pass";
        }

        @Override
        public Optional<String> missingLinkedRole(String account, String service) {
            return Optional.empty();
        }

        @Override
        public void makeLinkedRole(String account, String service) {
            throw new AssertionError("a pull makes no role");
        }
    }
}
