package dev.slipway.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Document to JSON text. */
final class PolicyWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private PolicyWriter() {}

    static String write(PolicyDocument document) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("Version", document.version());
        put(root, "Id", document.id());
        root.put(
                "Statement",
                document.statements().stream().map(PolicyWriter::tree).toList());
        return text(root);
    }

    static String write(Statement statement) {
        return text(tree(statement));
    }

    private static String text(Map<String, Object> tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a policy of texts cannot be written", impossible);
        }
    }

    private static Map<String, Object> tree(Statement statement) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "Sid", statement.sid());
        tree.put("Effect", statement.effect().word());
        put(tree, "Principal", tree(statement.principals()));
        put(tree, "NotPrincipal", tree(statement.notPrincipals()));
        put(tree, "Action", statement.actions());
        put(tree, "NotAction", statement.notActions());
        put(tree, "Resource", statement.resources());
        put(tree, "NotResource", statement.notResources());
        if (!statement.conditions().isEmpty()) {
            Map<String, Map<String, List<String>>> block = new LinkedHashMap<>();
            statement.conditions().forEach(condition -> block.computeIfAbsent(
                            condition.operatorName(), name -> new LinkedHashMap<>())
                    .put(condition.key(), condition.values()));
            tree.put("Condition", block);
        }
        return tree;
    }

    private static @Nullable Map<String, List<String>> tree(@Nullable Principals principals) {
        return principals == null ? null : principals.byWord();
    }

    private static void put(Map<String, Object> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value);
        }
    }
}
