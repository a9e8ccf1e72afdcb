package dev.slipway.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Talks to the running local cloud about itself: JSON at {@code /_slipway/…}. */
public final class LocalApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;

    public LocalApi(LocalProcess cloud) {
        this.endpoint = cloud.endpoint();
    }

    /** What is at a path, for example {@code /_slipway/trouble}. */
    public JsonNode get(String path) {
        return send("GET", path, "");
    }

    /** Posts a JSON document. */
    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, body.toString());
    }

    /** Deletes what is at a path. */
    public JsonNode delete(String path) {
        return send("DELETE", path, "");
    }

    /** @throws LocalFailure with the cloud's own message when it refuses, or when it does not answer */
    private JsonNode send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw new LocalFailure(json.path("message").asText("the local cloud answered " + answer.statusCode()));
            }
            return json;
        } catch (JacksonException foreign) {
            throw new LocalFailure("the local cloud that runs does not know " + path
                    + "; it may be an older build: `slipway local stop`, then start it again");
        } catch (IOException e) {
            throw new LocalFailure("the local cloud at " + endpoint + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted");
        }
    }
}
