package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.gallery.BuiltImage;
import dev.slipway.oci.Digest;
import dev.slipway.testing.HelloRepository;
import dev.slipway.testing.RawHttp;
import dev.slipway.testing.RealService;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;

/** What reaches the registry, and which of it a service that follows a tag deploys. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class AutomaticDeploymentIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    private Path directory;

    @Test
    void everyWayToMoveTheTagIsDeployedAndNothingElse() throws Exception {
        try (TestCloud cloud = TestCloud.start(directory)) {
            var repository = new HelloRepository(cloud.endpoint(), directory.resolve("images"));
            BuiltImage one = repository.image("one");
            BuiltImage two = repository.image("two");
            repository.push(one, "live");
            RealService service = RealService.running(
                    cloud.endpoint(), "follows", in -> in.sourceConfiguration(repository.followed("live")));

            String digest = Digest.of(two.manifest()).toString();
            repository.push(two, digest);
            repository.push(two, "other");
            repository.push(one, "live");
            assertThat(service.operations()).as("the tag names what it named").hasSize(1);

            repository.push(two, "live");
            deployed(service, 2, "two");

            put(cloud, one.mediaType(), one.manifest());
            deployed(service, 3, "one");

            put(cloud, INDEX, index(two));
            deployed(service, 4, "two");

            repository.push(one, "live");
            repository.push(two, "live");
            repository.push(one, "live");
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(page(service))
                    .contains("version   one"));
            service.settled();
            assertThat(service.operations()).allMatch(operation -> operation.endsWith(" SUCCEEDED"));
        }
    }

    /** By the API, to which a client of ECR alone has access. */
    private static void put(TestCloud cloud, String mediaType, byte[] manifest) {
        try (EcrClient ecr = RealService.client(EcrClient.builder(), cloud.endpoint())) {
            ecr.putImage(in -> in.repositoryName(HelloRepository.NAME)
                    .imageManifest(new String(manifest, StandardCharsets.UTF_8))
                    .imageManifestMediaType(mediaType)
                    .imageTag("live"));
        }
    }

    private static byte[] index(BuiltImage image) {
        return """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [{"mediaType": "%s", "digest": "%s", "size": %d,
                 "platform": {"os": "linux", "architecture": "amd64"}}]}""".formatted(INDEX, image.mediaType(), Digest.of(image.manifest()), image.manifest().length)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void deployed(RealService service, int operations, String version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> service.operations().size() == operations);
        assertThat(service.settled()).as("events: %s", service.events()).isEqualTo("SUCCEEDED");
        assertThat(service.operations())
                .hasSize(operations)
                .startsWith(Collections.nCopies(operations - 1, "START_DEPLOYMENT SUCCEEDED")
                        .toArray(String[]::new));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(page(service))
                .contains("version   " + version));
    }

    private static String page(RealService service) throws IOException {
        var to = service.address();
        try (RawHttp http = new RawHttp(to, Duration.ofSeconds(20))) {
            return http.send(
                            ("GET / HTTP/1.1\r\nHost: " + to.getHostString() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII),
                            "GET",
                            true)
                    .text();
        }
    }
}
