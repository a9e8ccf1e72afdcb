package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a running service when its declaration changes. */
final class ChangeIT {
    @TempDir
    private Path directory;

    @Test
    void anEnvironmentVariableChangesInPlaceWithoutAFailedRequest() {
        try (Launcher slipway = Launcher.in(directory)) {
            slipway.stack("local", stack("first", "shop"));
            slipway.run("up", "--yes").succeeded();
            String url = slipway.output("local", "url");
            assertThat(Launcher.get(url).body()).contains("first");

            slipway.stack("local", stack("second", "shop"));
            assertThat(slipway.run("preview").succeeded().out())
                    .contains("update", "environment", "\"first\" => \"second\"")
                    .doesNotContain("replace");
            var stop = new AtomicBoolean();
            CompletableFuture<Load> load = CompletableFuture.supplyAsync(() -> Load.until(url, stop));
            slipway.run("up", "--yes").succeeded();
            assertThat(Launcher.get(url).body()).contains("second");
            stop.set(true);
            assertThat(load.join().failed())
                    .as("failed of " + load.join().answered())
                    .isZero();
            assertThat(load.join().answered()).isGreaterThan(20);
            assertThat(slipway.output("local", "url")).isEqualTo(url);
        }
    }

    @Test
    void anotherNameIsAReplacementThatSaysWhy() {
        try (Launcher slipway = Launcher.in(directory)) {
            slipway.stack("local", stack("hello", "shop"));
            slipway.run("up", "--yes").succeeded();
            String url = slipway.output("local", "url");

            slipway.stack("local", stack("hello", "store"));
            Result preview = slipway.run("preview").succeeded();
            assertThat(preview.out()).contains("replace", "serviceName", "\"shop\" => \"store\"", "rename");
            slipway.run("up", "--yes").succeeded();
            assertThat(slipway.output("local", "url")).isNotEqualTo(url);
            assertThat(Launcher.get(slipway.output("local", "url")).statusCode())
                    .isEqualTo(200);
            assertThat(slipway.run("up", "--yes").succeeded().out()).contains("Nothing changed");
        }
    }

    private static String stack(String greeting, String name) {
        return """
                config:
                  launch:image: public.ecr.aws/slipway/hello:latest
                  launch:name: %s
                  launch:environment: {GREETING: %s}
                  launch:cpu: 0.25 vCPU
                  launch:memory: 0.5 GB
                  launch:healthCheck: {protocol: HTTP, path: /healthz, interval: 1, timeout: 1}
                """.formatted(name, greeting);
    }

    /** Requests in a row from one client until told to stop. */
    private record Load(int answered, int failed) {
        static Load until(String url, AtomicBoolean stop) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            int answered = 0;
            int failed = 0;
            while (!stop.get()) {
                try {
                    int status = client.send(
                                    HttpRequest.newBuilder(URI.create(url)).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    answered++;
                    failed += status == 200 ? 0 : 1;
                } catch (IOException e) {
                    failed++;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new Load(answered, failed);
        }
    }
}
