package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the service that a request means. */
final class ServiceTable {
    private final Map<String, AwsService> byTarget = new HashMap<>();
    private final Map<String, AwsService> bySigningName = new HashMap<>();
    private final Map<String, AwsService> byVersion = new HashMap<>();

    ServiceTable(Collection<AwsService> services) {
        for (AwsService service : services) {
            Map<String, AwsService> names = service.protocol() == Protocol.QUERY ? byVersion : byTarget;
            String name = service.protocol() == Protocol.QUERY ? service.version() : service.targetPrefix();
            if (names.put(name, service) != null || bySigningName.put(service.signingName(), service) != null) {
                throw new IllegalArgumentException(
                        "two services answer to '" + name + "' or '" + service.signingName() + "'");
            }
        }
    }

    /** A service and the name of the operation, as the request gives them. */
    record Target(AwsService service, String operation) {}

    Optional<Target> find(HttpExchange exchange, Optional<Signature> signature, QueryParameters parameters) {
        boolean post = exchange.method().equals("POST");
        if (!post && !exchange.method().equals("GET")) {
            return Optional.empty();
        }
        String target = post ? exchange.header("x-amz-target").orElse("") : "";
        int dot = target.lastIndexOf('.');
        if (dot >= 0) {
            return Optional.ofNullable(byTarget.get(target.substring(0, dot)))
                    .map(service -> new Target(service, target.substring(dot + 1)));
        }
        String action = parameters.get("Action");
        if (action.isEmpty()) {
            return Optional.empty();
        }
        AwsService service = signature.isPresent()
                ? bySigningName.get(signature.get().service())
                : byVersion.get(parameters.get("Version"));
        return service == null || service.protocol() != Protocol.QUERY
                ? Optional.empty()
                : Optional.of(new Target(service, action));
    }

    String names() {
        return String.join(", ", bySigningName.keySet().stream().sorted().toList());
    }
}
