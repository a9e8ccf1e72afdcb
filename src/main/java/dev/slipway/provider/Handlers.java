package dev.slipway.provider;

import java.util.Map;

/**
 * What a configured provider offers, by type token ({@code slipway:index:Service}) and by function token ({@code
 * slipway:index:getService}).
 */
public record Handlers(Map<String, ResourceHandler<?, ?>> resources, Map<String, FunctionHandler<?, ?>> functions) {
    public Handlers {
        resources = Map.copyOf(resources);
        functions = Map.copyOf(functions);
    }
}
