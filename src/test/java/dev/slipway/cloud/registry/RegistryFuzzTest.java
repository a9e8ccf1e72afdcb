package dev.slipway.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.testing.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile client sends to the registry is refused: no answer is a 500, none stays away, and no file is made outside of its directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryFuzzTest {
    private static final String APP = "/v2/111122223333/us-east-1/team/app";
    private static final TestImage IMAGE = TestImage.named("one");
    private static final List<String> METHODS = List.of("GET", "PUT", "PATCH", "HEAD", "POST", "DELETE", "OPTIONS");
    private static final List<String> NAMES = List.of(
            "111122223333/us-east-1/team/app",
            "111122223333/us-east-1/team/app",
            "111122223333/us-east-1/team/app",
            "444455556666/eu-west-1/app",
            "111122223333/us-east-1/none",
            "public.ecr.aws/slipway/hello",
            "team/app",
            "..",
            "../../../../etc",
            "111122223333/us-east-1/../../x",
            "111122223333/us-east-1/a%2f..%2f..%2fb",
            "111122223333/us-east-1/" + "a".repeat(300),
            "111122223333/us-east-1/" + "a-".repeat(4000) + "a",
            "aa" + "-a".repeat(6000) + "-1",
            "%00",
            "%zz",
            "Ünï",
            "");
    private static final List<String> PLACES =
            List.of("/blobs/", "/blobs/uploads/", "/manifests/", "/tags/list", "/referrers/", "/", "");
    private static final List<String> LASTS = List.of(
            "v1",
            IMAGE.layer().digest().toString(),
            "UPLOAD",
            "latest",
            IMAGE.digest().toString(),
            "sha256:" + "0".repeat(63),
            "sha256:../../../../../../../../tmp/x",
            "sha256:..%2f..%2fx",
            "sha512:" + "a".repeat(128),
            "md5:d41d8cd98f00b204e9800998ecf8427e",
            "a".repeat(200),
            "..",
            "%2e%2e%2fx",
            "");
    private static final List<String> QUERIES = List.of(
            "",
            "digest=" + IMAGE.layer().digest(),
            "digest=sha256:0",
            "digest=../../x",
            "digest=%",
            "mount=" + IMAGE.layer().digest() + "&from=111122223333/us-east-1/team/app",
            "mount=" + IMAGE.layer().digest() + "&from=../../..",
            "mount=x&from=",
            "n=5&last=a",
            "n=-1",
            "n=99999999999999999999",
            "last=%ff%fe",
            "artifactType=a%2Fb&last=sha256:0",
            "digest-algorithm=sha3",
            "&&==&=");
    private static final List<String> HEADERS = List.of(
            "",
            "Range: bytes=0-0",
            "Range: bytes=999999999999999999-",
            "Content-Range: x",
            "Content-Range: 0-3",
            "Content-Range: 3-0",
            "Content-Range: bytes 0-99999999999999999999/*",
            "Content-Range: 999999999999999999-999999999999999999",
            "Range: bytes=-1",
            "Range: bytes=5-1",
            "Range: bytes=0-1,3-4",
            "Range: bytes=-",
            "Content-Type: " + MediaTypes.OCI_MANIFEST,
            "Content-Type: " + MediaTypes.DOCKER_INDEX,
            "Content-Type: text/html; charset=" + "x".repeat(5000),
            "Authorization: Basic !!!!",
            "Authorization: Basic " + "QVdT".repeat(2000),
            "Authorization: Bearer x",
            "Expect: 100-continue",
            "Host: 111122223333.dkr.ecr.us-east-1.amazonaws.com",
            "Host: " + "a.".repeat(3000));

    private RegistryServer registry;
    private Path above;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        above = directory;
        registry = new RegistryServer(directory.resolve("data"), Store.inMemory());
        for (byte[] blob : IMAGE.blobs().values()) {
            registry.send("POST", APP + "/blobs/uploads/?digest=" + Digest.of(blob), blob);
        }
        registry.send("PUT", APP + "/manifests/v1", IMAGE.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
    }

    @AfterAll
    void stop() throws IOException {
        try (Stream<Path> entries = Files.list(above)) {
            assertThat(entries).containsExactly(above.resolve("data"));
        }
        registry.close();
    }

    @Test
    void requestsThatAreAlmostRightGetAnAnswerAndNever500() {
        String[] upload = {""};
        Set<Integer> seen = new TreeSet<>();
        Cases.of(2_000, 100_000).run((random, number) -> {
            if (number % 20 == 0) {
                // Uploads that nobody goes on with are dropped in time.
                registry.now = registry.now.plusSeconds(30);
                String begun = registry.send("POST", APP + "/blobs/uploads/", new byte[0])
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
                upload[0] = begun.substring(begun.lastIndexOf('/') + 1);
            }
            String path = "/v2/" + pick(random, NAMES) + pick(random, PLACES)
                    + pick(random, LASTS).replace("UPLOAD", upload[0]);
            String query = pick(random, QUERIES);
            byte[] body = body(random);
            String first = pick(random, HEADERS);
            String request = pick(random, METHODS) + " " + mangled(random, path) + (query.isEmpty() ? "" : "?" + query)
                    + " HTTP/1.1\r\n" + (first.startsWith("Host:") ? "" : "Host: 127.0.0.1\r\n")
                    + (first.isEmpty() ? "" : first + "\r\n") + "Connection: close\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            int status = status(request, body);
            assertThat(status).as(request).isNotEqualTo(500).isLessThan(506);
            seen.add(status);
        });
        assertThat(seen).as("the cases reach what they attack").contains(200, 202, 206, 400, 404, 405, 416);
    }

    @Test
    void mangledManifestsAreReadOrRefused() {
        String good = new String(IMAGE.bytes(), StandardCharsets.UTF_8)
                .replace(
                        "}]}",
                        "}],\"subject\":{\"mediaType\":\"a/b\",\"digest\":\"" + IMAGE.digest()
                                + "\",\"size\":3},\"annotations\":{\"a\":\"b\"},\"artifactType\":\"x/y\"}");
        Cases.of(3_000, 100_000).run((random, number) -> {
            String text = mangled(random, good);
            try {
                ManifestDocument.read(
                        pick(random, List.of("", MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, "x", "; ")),
                        text.getBytes(StandardCharsets.UTF_8));
            } catch (RegistryException refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        });
    }

    @Test
    void pathsAndHostsAreRoutedOrRefused() {
        Cases.of(5_000, 100_000).run((random, number) -> {
            String path = "/v2/" + mangled(random, pick(random, NAMES) + "/blobs/" + pick(random, LASTS));
            try {
                Route.parse(mangled(random, pick(random, NAMES)), path).ifPresent(route -> {
                    assertThat(route.repository().name()).matches("[a-z0-9._/-]{1,256}");
                    assertThat(route.repository().name()).doesNotContain("..");
                });
            } catch (RegistryException refused) {
                assertThat(refused.status()).isIn(400, 404);
            }
        });
    }

    private static byte[] body(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> IMAGE.bytes();
            case 2 ->
                mangled(random, new String(IMAGE.bytes(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
            case 3 -> "[".repeat(2000).getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] bytes = new byte[random.nextInt(5000)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    private static String mangled(Random random, String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(8) - 4; i > 0 && changed.length() > 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, "/.:%-_{}[]\",9aZ".charAt(random.nextInt(15)));
                case 2 -> changed.setCharAt(at, (char) (33 + random.nextInt(94)));
                default ->
                    changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(40))));
            }
        }
        return changed.toString();
    }

    /** The first three more often than the others: what is wrong everywhere gets nowhere. */
    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(random.nextBoolean() ? Math.min(3, from.size()) : from.size()));
    }

    /** 0 when the connection was closed without an answer, which a request that is no HTTP deserves. */
    private int status(String head, byte[] body) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), registry.uri("/").getPort())) {
            socket.setSoTimeout(20_000);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.UTF_8));
            request.write(body);
            socket.getOutputStream().write(request.toByteArray());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            String last = answer.startsWith("HTTP/1.1 100") ? answer.substring(answer.indexOf("HTTP/", 5)) : answer;
            return last.isEmpty() ? 0 : Integer.parseInt(last.substring(9, 12));
        } catch (SocketException closed) {
            return 0;
        }
    }
}
