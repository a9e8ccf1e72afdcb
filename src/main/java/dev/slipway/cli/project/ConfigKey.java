package dev.slipway.cli.project;

import java.util.ArrayList;
import java.util.List;

/**
 * One configuration value's name.
 *
 * @param namespace the project's name, or a package's
 * @param path where inside the value; empty for the whole
 */
public record ConfigKey(String namespace, String name, List<Object> path) {
    public ConfigKey {
        path = List.copyOf(path);
    }

    /**
     * Reads {@code NAMESPACE:NAME}, or {@code NAME} for the project's own.
     *
     * @throws ProjectProblem when the text is neither
     */
    public static ConfigKey parse(Project project, String text) {
        return of(project, text, List.of());
    }

    /** Reads a path whose first step is the key, already taken apart. */
    public static ConfigKey ofPath(Project project, String text, List<Object> segments) {
        if (segments.isEmpty() || !(segments.get(0) instanceof String first)) {
            throw new ProjectProblem("invalid configuration key `" + text + "`: a path must begin with a key");
        }
        return of(project, first, segments.subList(1, segments.size()));
    }

    private static ConfigKey of(Project project, String text, List<Object> path) {
        List<String> parts = new ArrayList<>(List.of(text.split(":", -1)));
        if (parts.size() == 3 && parts.get(1).equals("config")) {
            parts.remove(1);
        }
        if (parts.size() > 2 || parts.stream().anyMatch(String::isBlank)) {
            throw new ProjectProblem("invalid configuration key `" + text
                    + "`: expected NAME, or NAMESPACE:NAME for another namespace than the project's");
        }
        return parts.size() == 1
                ? new ConfigKey(project.name(), parts.get(0), path)
                : new ConfigKey(parts.get(0), parts.get(1), path);
    }

    /** {@code NAMESPACE:NAME}. */
    public String full() {
        return namespace + ":" + name;
    }
}
