package dev.slipway.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds which condition keys a document needs from a request. */
final class ContextKeys {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},*?$][^},]*)[^}]*\\}");

    /** By the key in lower case: keys are compared so. */
    private final Map<String, String> found = new LinkedHashMap<>();

    private ContextKeys() {}

    static List<String> of(PolicyDocument document) {
        ContextKeys keys = new ContextKeys();
        for (Statement statement : document.statements()) {
            statement.conditions().forEach(condition -> {
                keys.add(condition.key());
                if (document.hasVariables()) {
                    keys.variables(condition.values());
                }
            });
            if (document.hasVariables()) {
                keys.variables(statement.resources());
                keys.variables(statement.notResources());
            }
        }
        return List.copyOf(keys.found.values());
    }

    private void variables(@Nullable List<String> templates) {
        for (String template : templates == null ? List.<String>of() : templates) {
            Matcher variable = VARIABLE.matcher(template);
            while (variable.find()) {
                add(variable.group(1).strip());
            }
        }
    }

    private void add(String key) {
        found.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
    }
}
