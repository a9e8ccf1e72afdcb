package dev.slipway.cloud.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errors of the JSON protocols. */
final class JsonErrors {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonErrors() {}

    static byte[] write(Protocol protocol, AwsException error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("__type", error.code());
        // App Runner, the only JSON 1.0 service here, models the member with a capital letter; the others do not.
        if (error.getMessage() != null) {
            members.put(protocol == Protocol.JSON_1_0 ? "Message" : "message", error.getMessage());
        }
        members.putAll(error.members());
        try {
            return MAPPER.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
