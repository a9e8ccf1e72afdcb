package dev.slipway.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** JSON text to document. Strict: an element that nobody knows could be a misspelled Deny. */
final class PolicyReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> DOCUMENT = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Set<String> PRINCIPAL = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    static final String NO_ACTIONS = "Policy statement must contain actions.";
    static final String NO_RESOURCES = "Policy statement must contain resources.";
    static final String LEGACY = "The policy failed legacy parsing";

    private PolicyReader() {}

    static PolicyDocument read(String json) {
        JsonNode root = tree(json);
        if (root == null || !root.isObject()) {
            throw MalformedPolicy.syntax("the policy: expected a JSON object");
        }
        requireKnown(root, "", DOCUMENT);
        JsonNode listed = root.get("Statement");
        if (listed == null) {
            throw MalformedPolicy.syntax("Statement: missing; a policy has at least one statement");
        }
        List<Statement> statements = new ArrayList<>();
        if (listed.isArray()) {
            for (int i = 0; i < listed.size(); i++) {
                statements.add(statement(listed.get(i), "Statement[" + i + "]"));
            }
        } else {
            statements.add(statement(listed, "Statement"));
        }
        if (statements.isEmpty()) {
            throw MalformedPolicy.syntax("Statement: empty; a policy has at least one statement");
        }
        return new PolicyDocument(version(root), text(root, "Id", ""), statements);
    }

    private static @Nullable JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException notJson) {
            var at = notJson.getLocation();
            throw MalformedPolicy.noJson("the policy is no valid JSON: "
                    + notJson.getOriginalMessage().replaceAll(" *\\(start marker[^)]*\\)[^)]*\\)", "")
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        }
    }

    private static String version(JsonNode root) {
        String version = text(root, "Version", "");
        if (version == null) {
            return PolicyDocument.LEGACY;
        }
        if (!version.equals(PolicyDocument.CURRENT) && !version.equals(PolicyDocument.LEGACY)) {
            throw MalformedPolicy.syntax("Version: expected " + PolicyDocument.CURRENT + " or " + PolicyDocument.LEGACY
                    + " but found \"" + version + "\"");
        }
        return version;
    }

    private static Statement statement(JsonNode node, String where) {
        if (!node.isObject()) {
            throw MalformedPolicy.syntax(where + ": expected an object");
        }
        requireKnown(node, where + ".", STATEMENT);
        requireNotBoth(node, where, "Action", "NotAction");
        if (!node.has("Action") && !node.has("NotAction")) {
            throw MalformedPolicy.called(NO_ACTIONS, where + ": expected Action or NotAction");
        }
        requireNotBoth(node, where, "Principal", "NotPrincipal");
        requireNotBoth(node, where, "Resource", "NotResource");
        return new Statement(
                text(node, "Sid", where + "."),
                effect(node, where),
                principals(node.get("Principal"), where + ".Principal"),
                principals(node.get("NotPrincipal"), where + ".NotPrincipal"),
                actions(node.get("Action"), where + ".Action"),
                actions(node.get("NotAction"), where + ".NotAction"),
                list(node.get("Resource"), where + ".Resource", NO_RESOURCES),
                list(node.get("NotResource"), where + ".NotResource", NO_RESOURCES),
                conditions(node.get("Condition"), where + ".Condition"));
    }

    private static Effect effect(JsonNode node, String where) {
        String word = text(node, "Effect", where + ".");
        for (Effect effect : Effect.values()) {
            if (effect.word().equals(word)) {
                return effect;
            }
        }
        String reason =
                where + ".Effect: expected Allow or Deny but " + (word == null ? "it is missing" : "found " + word);
        boolean otherCase = "allow".equalsIgnoreCase(word) || "deny".equalsIgnoreCase(word);
        throw otherCase ? MalformedPolicy.called(LEGACY, reason) : MalformedPolicy.syntax(reason);
    }

    private static @Nullable List<String> actions(@Nullable JsonNode node, String where) {
        List<String> actions = list(node, where, NO_ACTIONS);
        if (actions != null) {
            actions.forEach(action -> requireAction(action, where));
        }
        return actions;
    }

    /** What follows the service may be any text: an action that nobody knows is never asked for. */
    private static void requireAction(String action, String where) {
        String[] parts = action.split(":", -1);
        String reason = where + ": expected an action such as ecr:BatchGetImage but found \"" + action + "\"";
        if (parts.length == 1 && !action.equals("*")) {
            throw MalformedPolicy.called(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", reason);
        }
        if (parts.length > 2) {
            throw MalformedPolicy.called("Actions/Condition can contain only one colon.", reason);
        }
        if (!parts[0].equals("*") && !parts[0].matches("[A-Za-z0-9.-]+")) {
            throw MalformedPolicy.called("Vendor " + parts[0] + " is not valid", reason);
        }
    }

    private static @Nullable Principals principals(@Nullable JsonNode node, String where) {
        if (node == null) {
            return null;
        }
        if (node.isTextual() && node.asText().equals(Principals.ANYONE)) {
            return new Principals(List.of(Principals.ANYONE), List.of(), List.of(), List.of());
        }
        if (!node.isObject() || node.isEmpty()) {
            throw MalformedPolicy.syntax(where + ": expected \"*\" or an object such as {\"AWS\": \"arn:…\"}");
        }
        requireKnown(node, where + ".", PRINCIPAL);
        return new Principals(
                kind(node, where, "AWS"),
                kind(node, where, "Service"),
                kind(node, where, "Federated"),
                kind(node, where, "CanonicalUser"));
    }

    private static List<String> kind(JsonNode node, String where, String kind) {
        List<String> values = list(node.get(kind), where + "." + kind, MalformedPolicy.SYNTAX);
        return values == null ? List.of() : values;
    }

    private static List<Condition> conditions(@Nullable JsonNode block, String where) {
        if (block == null) {
            return List.of();
        }
        if (!block.isObject()) {
            throw MalformedPolicy.syntax(where + ": expected an object of condition operators");
        }
        List<Condition> conditions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> operator : block.properties()) {
            String name = operator.getKey();
            if (!operator.getValue().isObject()) {
                throw MalformedPolicy.syntax(where + "." + name + ": expected an object of condition keys");
            }
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                String at = where + "." + name + "." + key.getKey();
                Condition condition = Condition.read(where, name, key.getKey(), scalars(key.getValue(), at));
                String line = (condition.operatorName() + " " + key.getKey()).toLowerCase(Locale.ROOT);
                if (!seen.add(line)) {
                    throw MalformedPolicy.syntax(at + ": there twice, apart from the case of letters");
                }
                conditions.add(condition);
            }
        }
        return conditions;
    }

    /** Condition values may be booleans and numbers; they are compared as text. */
    private static List<String> scalars(JsonNode node, String where) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : node.isArray() ? node : List.of(node)) {
            if (!value.isValueNode() || value.isNull()) {
                throw MalformedPolicy.syntax(where + ": expected text, a number, true or false, or a list of these");
            }
            values.add(value.asText());
        }
        return values;
    }

    /** @param none IAM's words for an empty list */
    private static @Nullable List<String> list(@Nullable JsonNode node, String where, String none) {
        if (node == null) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : node.isArray() ? node : List.of(node)) {
            if (!value.isTextual()) {
                throw MalformedPolicy.syntax(where + ": expected text or a list of texts");
            }
            values.add(value.asText());
        }
        if (values.isEmpty()) {
            throw MalformedPolicy.called(none, where + ": expected at least one value");
        }
        return values;
    }

    private static @Nullable String text(JsonNode node, String name, String prefix) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw MalformedPolicy.syntax(prefix + name + ": expected text");
        }
        return value.asText();
    }

    private static void requireNotBoth(JsonNode node, String where, String name, String not) {
        if (node.has(name) && node.has(not)) {
            throw MalformedPolicy.syntax(where + ": expected only one of " + name + " and " + not);
        }
    }

    private static void requireKnown(JsonNode node, String prefix, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                unknown.add(prefix + name);
            }
        }
        if (!unknown.isEmpty()) {
            throw MalformedPolicy.syntax("unknown element " + String.join(", ", unknown));
        }
    }
}
