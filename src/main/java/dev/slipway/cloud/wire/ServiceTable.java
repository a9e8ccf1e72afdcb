package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Finds the service that a request means, and knows which operations AWS has beyond those that Slipway has. */
final class ServiceTable {
    private static final Pattern OPERATION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,99}");
    private static final Pattern ACRONYM = Pattern.compile("([A-Z])([A-Z]+)(?=[A-Z][a-z]|$)");

    private final Map<String, AwsService> byTarget = new HashMap<>();
    private final Map<String, AwsService> bySigningName = new HashMap<>();
    private final Map<String, AwsService> byVersion = new HashMap<>();
    private final Map<AwsService, RequiredMembers> required = new ConcurrentHashMap<>();

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
        String target = exchange.header("x-amz-target").orElse("");
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

    RequiredMembers required(AwsService service) {
        return required.computeIfAbsent(service, key -> RequiredMembers.of(key.modelPackage()));
    }

    /** True when AWS has this operation, as far as the bundled SDK knows. Loads no class beyond that one. */
    static boolean isKnown(AwsService service, String operation) {
        if (!OPERATION.matcher(operation).matches()) {
            return false;
        }
        // The SDK writes CreateSAMLProvider as CreateSamlProvider.
        String inSdk = ACRONYM.matcher(operation)
                .replaceAll(run -> run.group(1) + run.group(2).toLowerCase(java.util.Locale.ROOT));
        try {
            Class.forName(service.modelPackage() + "." + inSdk + "Request", false, ServiceTable.class.getClassLoader());
            Class.forName(
                    service.modelPackage() + "." + inSdk + "Response", false, ServiceTable.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
    }
}
