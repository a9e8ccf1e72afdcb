package dev.slipway.oci.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns an answer that is not the expected one into a {@link RemoteFailure} that keeps the registry's own words. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ERROR_BYTES = 64 << 10;
    private static final int MOST_ERROR_TEXT = 2000;

    private Answers() {}

    /** @param doing what was tried and on what: "read the manifest of …" */
    static RemoteFailure failure(String doing, Answer answer) {
        int status = answer.status();
        String said = said(answer);
        String end = said.isEmpty() ? "" : ": " + said;
        return switch (status) {
            case 401 ->
                new RemoteFailure(
                        RemoteFailure.Kind.UNAUTHORIZED,
                        "could not " + doing + ": the registry does not accept the login (HTTP 401)" + end);
            case 403 ->
                new RemoteFailure(
                        RemoteFailure.Kind.DENIED, "could not " + doing + ": the registry denied it (HTTP 403)" + end);
            case 404 ->
                new RemoteFailure(
                        RemoteFailure.Kind.NOT_FOUND, "could not " + doing + ": it is not there (HTTP 404)" + end);
            case 429 ->
                new RemoteFailure(
                        RemoteFailure.Kind.UNREACHABLE,
                        "could not " + doing + ": too many requests, try again later (HTTP 429)" + end);
            default ->
                status >= 500
                        ? new RemoteFailure(
                                RemoteFailure.Kind.UNREACHABLE,
                                "could not " + doing + ": the registry failed (HTTP " + status + ")" + end)
                        : new RemoteFailure(
                                RemoteFailure.Kind.BAD_CONTENT,
                                "could not " + doing + ": the registry answered HTTP " + status + end);
        };
    }

    private static String said(Answer answer) {
        byte[] bytes;
        try (InputStream body = answer.body()) {
            bytes = body.readNBytes(MOST_ERROR_BYTES);
        } catch (IOException e) {
            return "";
        }
        String text = messages(bytes);
        return text.length() > MOST_ERROR_TEXT ? text.substring(0, MOST_ERROR_TEXT) + "…" : text;
    }

    private static String messages(byte[] bytes) {
        try {
            List<String> messages = new ArrayList<>();
            for (JsonNode error : JSON.readTree(bytes).path("errors")) {
                String code = error.path("code").asText("");
                String message = error.path("message").asText("");
                messages.add(message.isEmpty() ? code : message);
            }
            return String.join("; ", messages);
        } catch (IOException e) {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            return text.startsWith("<") || text.indexOf('\0') >= 0 ? "" : text;
        }
    }
}
