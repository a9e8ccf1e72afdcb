package dev.slipway.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a running local cloud what it decided lately, and why. */
public final class LocalDecisions {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LocalDecisions() {}

    /**
     * The cloud's answer: {@code mode} and {@code decisions}, oldest first.
     *
     * @param requestId empty for any request
     */
    public static JsonNode read(LocalProcess cloud, String requestId, boolean deniedOnly, int last) {
        URI uri = cloud.endpoint()
                .resolve("/_slipway/decisions?last=" + last + "&denied=" + deniedOnly + "&request="
                        + URLEncoder.encode(requestId, StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new LocalFailure("the local cloud tells no decisions: HTTP " + answer.statusCode() + " "
                        + answer.body().strip());
            }
            return new JsonMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new LocalFailure("the local cloud tells no decisions: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted while the local cloud was asked");
        }
    }
}
