package dev.slipway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import dev.slipway.testing.RawHttp;
import dev.slipway.testing.TestCloud;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Whatever comes in at the port: an answer in time, never a fault of the cloud's own, never a file of anybody else's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortFuzzIT {
    private static final String CANARY = "canary-5d41402abc4b2a76";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Path directory;
    private TestCloud cloud;
    private String login;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Files.writeString(directory.resolve("canary"), CANARY);
        cloud = TestCloud.start(Files.createDirectories(directory.resolve("a/b/c")));
        Files.writeString(directory.resolve("a/b/c/canary"), CANARY);
        Files.writeString(cloud.data().resolve("canary"), CANARY);
        login = "Basic " + registryToken(cloud.endpoint());
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    private static String registryToken(URI endpoint) {
        try (EcrClient ecr = EcrClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("100000000001", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            ecr.createRepository(repository -> repository.repositoryName("fuzz/app"));
            return ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken();
        }
    }

    @Test
    void hostileRequestsGetAnAnswerAndNoFile() throws IOException {
        TreeMap<String, String> before = files();
        Cases cases = Cases.of(4_000, 120_000);
        int[] statuses = new int[600];
        try (RawHttp connection = new RawHttp(cloud.port(), PATIENCE)) {
            List<Operation> built = built(connection);
            cases.run((random, number) -> {
                Message message = new Attacks(random, built, login).next();
                try {
                    statuses[check(message, connection)]++;
                } catch (IOException | AssertionError failure) {
                    throw new AssertionError(failure + "\nto this request:\n" + message, failure);
                }
            });
        }
        StringBuilder told = new StringBuilder("fuzz: " + cases.count() + " requests:");
        for (int status = 0; status < statuses.length; status++) {
            if (statuses[status] > 0) {
                told.append(' ')
                        .append(status == 0 ? "closed" : String.valueOf(status))
                        .append(' ')
                        .append(statuses[status]);
            }
        }
        System.out.println(told);
        assertThat(statuses[200]).as("some are good").isPositive();
        assertThat(files()).isEqualTo(before);
        try (RawHttp connection = new RawHttp(cloud.port(), PATIENCE)) {
            byte[] health =
                    "GET /_slipway/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(connection.send(health, "GET", true).status()).isEqualTo(200);
        }
    }

    private static List<Operation> built(RawHttp connection) throws IOException {
        List<Operation> built = new ArrayList<>();
        for (Operation operation : Operation.ALL) {
            Message message = Attacks.empty(operation);
            if (check(message, connection) != 501) {
                built.add(operation);
            }
        }
        return built;
    }

    /** The status of the answer; 0 when the server closed the connection instead, which it may when a request has no end. */
    private static int check(Message message, RawHttp connection) throws IOException {
        RawHttp.Answer answer;
        try {
            answer = connection.send(message.bytes(), message.method(), message.complete());
        } catch (EOFException | SocketException closed) {
            assertThat(message.complete()).as("closed without an answer").isFalse();
            return 0;
        }
        assertThat(answer.text()).doesNotContain(CANARY, "root:x:0");
        if (answer.status() >= 500) {
            boolean lacking = answer.text().contains("does not have the operation")
                    || answer.text().contains("the only Transfer-Encoding that is understood is chunked");
            boolean honest = answer.status() == 501 && lacking || answer.status() == 505;
            assertThat(honest).as("answer " + answer).isTrue();
        }
        return answer.status();
    }

    /** Every file beside the cloud's data, and what is at the top of its data and of the working directory. */
    private TreeMap<String, String> files() throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory);
                Stream<Path> top = Files.list(cloud.data());
                Stream<Path> here = Files.list(Path.of(""))) {
            for (Path file : (Iterable<Path>) all.filter(file -> !file.startsWith(cloud.data()))::iterator) {
                files.put(file.toString(), Files.isRegularFile(file) ? Files.readString(file) : "");
            }
            top.forEach(file -> files.put(file.toString(), ""));
            here.forEach(file -> files.put(file.toString(), ""));
        }
        return files;
    }
}
