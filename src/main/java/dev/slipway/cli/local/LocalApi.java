package dev.slipway.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Talks to the running local cloud about itself: JSON at {@code /_slipway/…}. */
public final class LocalApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

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
        try {
            var connection = (HttpURLConnection) endpoint.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod(method);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) ANSWER.toMillis());
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            JsonNode json;
            try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                json = JSON.readTree(answer == null ? InputStream.nullInputStream() : answer);
            }
            if (status >= 400) {
                throw new LocalFailure(json.path("message").asText("the local cloud answered " + status));
            }
            return json;
        } catch (JacksonException foreign) {
            throw new LocalFailure("the local cloud that runs does not know " + path
                    + "; it may be an older build: `slipway local stop`, then start it again");
        } catch (IOException e) {
            throw new LocalFailure("the local cloud at " + endpoint + " does not answer: " + e.getMessage());
        }
    }
}
