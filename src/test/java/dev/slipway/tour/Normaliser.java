package dev.slipway.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The one rule set that makes answers of different runs comparable: what must differ is named, everything else must be equal. */
final class Normaliser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SECRET = Set.of(
            "SecretAccessKey",
            "SessionToken",
            "authorizationToken",
            "uploadId",
            "NextToken",
            "nextToken",
            "Marker",
            "nextForwardToken",
            "nextBackwardToken",
            "downloadUrl",
            "eventId",
            "storedBytes");

    private final Map<Pattern, String> rules = new LinkedHashMap<>();

    Normaliser(String account, String other, int port) {
        rule(account, "<account>");
        rule(other, "<other>");
        rule("127\\.[0-9]+\\.[0-9]+\\.[0-9]+:" + port, "<address>");
        rule("\\b(A[A-Z]{3})[A-Z0-9]{12,17}\\b", "<$1>");
        rule("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>");
        rule("(?<![0-9a-f:])[0-9a-f]{32}(?![0-9a-f])", "<id>");
        rule("(:secret:[\\w/+=.@-]+)-[A-Za-z0-9]{6}\\b", "$1-<suffix>");
        // What ECR Public makes up for an account.
        rule("\\b([a-z][0-9]){4}\\b", "<alias>");
        // Times: as the SDKs write them, as the AWS CLI does, and as a signature does.
        rule("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|\\+00:00)", "<time>");
        rule("[0-9]{8}T[0-9]{6}Z", "<time>");
    }

    private void rule(String pattern, String replacement) {
        rules.put(Pattern.compile(pattern), replacement);
    }

    JsonNode normal(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode normal = JSON.createObjectNode();
            object.properties().stream()
                    .sorted(Map.Entry.<String, JsonNode>comparingByKey(Comparator.comparing(this::replaced))
                            .thenComparing(entry -> entry.getValue().toString()))
                    .forEach(entry -> normal.set(free(normal, replaced(entry.getKey())), member(entry)));
            return normal;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode normal = JSON.createArrayNode();
            array.forEach(element -> normal.add(normal(element)));
            return normal;
        }
        if (node.isNumber()) {
            return number(node);
        }
        return node.isTextual() ? text(node.textValue()) : node;
    }

    private JsonNode member(Map.Entry<String, JsonNode> entry) {
        return SECRET.contains(entry.getKey())
                ? TextNode.valueOf("<" + entry.getKey() + ">")
                : normal(entry.getValue());
    }

    /** A key of a map may be an id, too; two of them stay two. */
    private static String free(ObjectNode object, String key) {
        String free = key;
        for (int number = 2; object.has(free); number++) {
            free = key + " " + number;
        }
        return free;
    }

    private static JsonNode number(JsonNode node) {
        double value = node.doubleValue();
        // CloudWatch Logs' times are plain numbers of milliseconds.
        boolean time = value > 1.5e12 && value < 3e12;
        return time
                ? TextNode.valueOf("<time>")
                : value == Math.rint(value) ? JSON.getNodeFactory().numberNode((long) value) : node;
    }

    private JsonNode text(String given) {
        // IAM answers policies percent-encoded; the AWS CLI decodes and parses them.
        String decoded = given.startsWith("%7B") ? URLDecoder.decode(given, StandardCharsets.UTF_8) : given;
        if (decoded.startsWith("{")) {
            try {
                return normal(JSON.readTree(decoded));
            } catch (JsonProcessingException noJson) {
                // A text like any other.
            }
        }
        return TextNode.valueOf(replaced(decoded));
    }

    private String replaced(String text) {
        String normal = text;
        for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
            normal = rule.getKey().matcher(normal).replaceAll(rule.getValue());
        }
        return normal;
    }
}
