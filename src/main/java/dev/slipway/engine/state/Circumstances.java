package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why, where and with what configuration a stack was changed, as its history tells it.
 *
 * @param message why; may be empty
 * @param environment by Pulumi's names, for example {@code git.head}; nothing that is secret
 * @param config full keys to values as a stack's file has them: texts, objects, lists, and encrypted ones as {@code {"secure": "…"}}
 */
public record Circumstances(String message, Map<String, String> environment, Map<String, JsonNode> config) {
    public Circumstances {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }

    /** Nothing but the reason. */
    public static Circumstances of(String message) {
        return new Circumstances(message, Map.of(), Map.of());
    }
}
