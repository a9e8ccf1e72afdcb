package dev.slipway.cloud.trouble;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Troubles as JSON: {@code {"kind":"slow","service":"ecr","time":"2s","calls":3}}. */
final class TroubleJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> MEMBERS = new TreeSet<>(Set.of(
            "account", "calls", "kind", "operation", "probability", "resource", "seed", "service", "speed", "time"));

    private TroubleJson() {}

    /** @throws IllegalArgumentException that says what is wrong, for a person */
    static Trouble read(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("the body is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalArgumentException("the body can't be read");
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object with a `kind`");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("unknown member `" + name + "`; there are " + MEMBERS);
            }
        });
        String word = text(json, "kind");
        Kind kind = Kind.of(word == null ? "" : word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "`kind`: expected one of " + Kind.words() + ", got `" + word + "`"));
        Scope scope = new Scope(
                text(json, "account"), text(json, "service"), text(json, "operation"), text(json, "resource"));
        String time = text(json, "time");
        Long calls = whole(json, "calls");
        if (calls != null && calls > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("`calls`: at most " + Integer.MAX_VALUE);
        }
        return new Trouble(
                "",
                kind,
                scope,
                calls == null ? null : calls.intValue(),
                number(json, "probability"),
                whole(json, "seed"),
                time == null ? null : Times.parse(time),
                number(json, "speed"),
                Instant.EPOCH);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode member = json.get(name);
        if (member == null || member.isNull()) {
            return null;
        }
        if (!member.isTextual() || member.textValue().isEmpty()) {
            throw new IllegalArgumentException("`" + name + "`: expected text, got " + member);
        }
        return member.textValue();
    }

    private static @Nullable Long whole(JsonNode json, String name) {
        JsonNode member = json.get(name);
        if (member == null || member.isNull()) {
            return null;
        }
        if (!member.isIntegralNumber() || !member.canConvertToLong()) {
            throw new IllegalArgumentException("`" + name + "`: expected a whole number, got " + member);
        }
        return member.longValue();
    }

    private static double number(JsonNode json, String name) {
        JsonNode member = json.get(name);
        if (member == null || member.isNull()) {
            return 1;
        }
        if (!member.isNumber()) {
            throw new IllegalArgumentException("`" + name + "`: expected a number, got " + member);
        }
        return member.doubleValue();
    }

    static ObjectNode write(Trouble trouble) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", trouble.id());
        json.put("kind", trouble.kind().word());
        Scope scope = trouble.scope();
        put(json, "account", scope.account());
        put(json, "service", scope.service());
        put(json, "operation", scope.operation());
        put(json, "resource", scope.resource());
        Integer calls = trouble.calls();
        if (calls != null) {
            json.put("calls", calls);
        }
        if (trouble.probability() < 1) {
            json.put("probability", trouble.probability());
        }
        Long seed = trouble.seed();
        if (seed != null) {
            json.put("seed", seed);
        }
        Duration time = trouble.time();
        put(json, "time", time == null ? null : Times.text(time));
        if (trouble.speed() != 1) {
            json.put("speed", trouble.speed());
        }
        json.put("since", trouble.since().toString());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
