package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the service that a request means. */
final class ServiceTable {
    private static final String TARGET = "x-amz-target";

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

    Optional<Target> find(HttpExchange exchange, QueryParameters parameters) {
        boolean post = exchange.method().equals("POST");
        if (!post && !exchange.method().equals("GET")) {
            return Optional.empty();
        }
        String target = post ? exchange.header(TARGET).orElse("") : "";
        if (target.contains(".")) {
            return Optional.ofNullable(byTarget.get(prefix(target)))
                    .filter(service -> MediaTypes.isAwsJson(exchange))
                    .map(service -> new Target(service, target.substring(target.lastIndexOf('.') + 1)));
        }
        if (parameters.child("Action") == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(byVersion.get(parameters.get("Version")))
                .map(service -> new Target(service, parameters.get("Action")));
    }

    private static String prefix(String target) {
        return target.substring(0, Math.max(0, target.lastIndexOf('.')));
    }

    /** Why {@link #find} found nothing: what was expected and what came. */
    AwsException unknown(HttpExchange exchange, Optional<CredentialScope> scope, QueryParameters parameters) {
        String target = exchange.header(TARGET).orElse("");
        Optional<AwsService> signed = scope.map(CredentialScope::service).map(bySigningName::get);
        if (!target.isEmpty()) {
            return notThere(
                    byTarget.containsKey(prefix(target))
                            ? "Expected a POST with the Content-Type application/x-amz-json-1.0 or application/x-amz-json-1.1,"
                                    + " got a " + exchange.method() + " with '"
                                    + exchange.header("content-type").orElse("") + "'."
                            : unknown(
                                    signed.isEmpty() && scope.isPresent()
                                            ? "service '" + scope.get().service() + "'"
                                            : "X-Amz-Target '" + target + "'"));
        }
        if (!exchange.method().equals("POST") && !exchange.method().equals("GET")) {
            return notThere("Expected a POST or a GET, got a " + exchange.method() + ".");
        }
        if (scope.isPresent() && signed.isEmpty()) {
            return new AwsException(
                    "InvalidAction", 400, unknown("service '" + scope.get().service() + "'"));
        }
        if (parameters.child("Action") == null || signed.stream().anyMatch(one -> one.protocol() != Protocol.QUERY)) {
            return new AwsException(
                    "MissingAction",
                    400,
                    "Slipway's local cloud finds no operation in this request. Expected the header X-Amz-Target, or the"
                            + " parameters Action and Version in the URL or in a body of the Content-Type"
                            + " application/x-www-form-urlencoded. It has: " + names() + ".");
        }
        return Faults.noOperation(
                parameters.get("Action"),
                parameters.child("Version") == null ? "NO_VERSION_SPECIFIED" : parameters.get("Version"));
    }

    private static AwsException notThere(String why) {
        return new AwsException("UnknownOperationException", 404, why);
    }

    private String unknown(String what) {
        return "Slipway's local cloud does not know the " + what + ". It has: " + names() + ".";
    }

    private String names() {
        return String.join(", ", bySigningName.keySet().stream().sorted().toList());
    }
}
