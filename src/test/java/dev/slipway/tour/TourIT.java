package dev.slipway.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Three client families of AWS go the same way through the local cloud, each in accounts of its own. Every step's expectation holds for
 * each of them, and all see the same answer, every member of it, and the same error.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TourIT {
    private static final List<String> PARTS = List.of(
            "sts.jsonl",
            "iam.jsonl",
            "ecr.jsonl",
            "ecr-public.jsonl",
            "apprunner.jsonl",
            "logs.jsonl",
            "secrets.jsonl",
            "constraints.jsonl");

    private final List<Step> steps =
            PARTS.stream().flatMap(part -> Step.read(part).stream()).toList();
    private final List<Walk> walks = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    private interface Start {
        TourClient start(Path directory) throws IOException;
    }

    @BeforeAll
    void walk(@TempDir Path directory) throws IOException {
        try (TestCloud cloud = TestCloud.start(directory)) {
            List<CompletableFuture<Void>> underWay = new ArrayList<>();
            List<TourClient> clients = new ArrayList<>();
            try {
                clients.add(new JavaClient(cloud.endpoint()));
                add(clients, directory.resolve("cli"), home -> AwsCli.start(cloud.endpoint(), home));
                add(clients, directory.resolve("javascript"), home -> JavaScript.start(cloud.endpoint(), home));
                for (TourClient client : clients) {
                    int number = walks.size() + 1;
                    var walk = new Walk(client, "10000000000" + number, "20000000000" + number, cloud.port());
                    walks.add(walk);
                    underWay.add(CompletableFuture.runAsync(() -> steps.forEach(walk::go)));
                }
                CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                        .join();
            } finally {
                for (TourClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private void add(List<TourClient> clients, Path home, Start start) throws IOException {
        try {
            clients.add(start.start(Files.createDirectories(home)));
        } catch (TestAbortedException missing) {
            absent.add(missing.getMessage());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyClientMakesTheSameOfEveryStep() {
        return steps.stream()
                .map(step -> DynamicTest.dynamicTest(step.title(), () -> {
                    assertThat(walks).allSatisfy(walk -> assertThat(walk.disappointments(step))
                            .as(walk.client())
                            .isEmpty());
                    JsonNode first = walks.get(0).told(step).said();
                    for (Walk walk : walks) {
                        if (!step.list("refusedBy").contains(walk.client())) {
                            assertThat(walk.told(step).said().toPrettyString())
                                    .as(walk.client() + " against "
                                            + walks.get(0).client())
                                    .isEqualTo(
                                            walk.told(step).asFarAsKnown(first).toPrettyString());
                        }
                    }
                }));
    }

    @Test
    void threeClientFamiliesWereThere() {
        walks.forEach(walk -> System.out.println("tour: " + walk.client() + " made " + steps.size() + " calls in "
                + walk.took().toMillis() + " ms"));
        if (!absent.isEmpty()) {
            throw new TestAbortedException(String.join("; ", absent));
        }
        assertThat(walks).extracting(Walk::client).containsExactly("java", "cli", "javascript");
    }
}
