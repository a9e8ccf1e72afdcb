package dev.slipway.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a value stands inside a resource's properties, for example {@code healthCheck.path} or {@code tags["a.b"]}.
 * Segments are {@link String} keys or {@link Integer} positions; the text form is Pulumi's.
 */
public record PropertyPath(List<Object> segments) {
    public static final PropertyPath ROOT = new PropertyPath(List.of());

    public PropertyPath {
        segments = List.copyOf(segments);
        for (Object segment : segments) {
            if (!(segment instanceof String) && !(segment instanceof Integer)) {
                throw new IllegalArgumentException("a path segment is a key or a position, not " + segment.getClass());
            }
        }
    }

    public static PropertyPath of(String key) {
        return ROOT.child(key);
    }

    /**
     * Reads Pulumi's text form: {@code a.b}, {@code a[0]}, {@code a["b.c"]}. A {@code *} as a key or position stands for all of them
     * and is kept as the key {@code "*"}.
     *
     * @throws IllegalArgumentException when a bracket or quote is not closed, a position is no number, or a key is empty
     */
    public static PropertyPath parse(String text) {
        return new PropertyPathParser(text).parse();
    }

    public PropertyPath child(String key) {
        return append(Objects.requireNonNull(key, "key is null"));
    }

    public PropertyPath child(int position) {
        return append(position);
    }

    private PropertyPath append(Object segment) {
        var longer = new ArrayList<>(segments);
        longer.add(segment);
        return new PropertyPath(longer);
    }

    /** Whether this path is {@code other} or leads to it; {@code *} in this path stands for any key or position. */
    public boolean contains(PropertyPath other) {
        if (segments.size() > other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Object segment = segments.get(i);
            if (!segment.equals("*") && !segment.equals(other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The property of the resource itself that this path begins at; empty for the root. */
    public String topLevel() {
        return segments.isEmpty() ? "" : segments.get(0).toString();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Object segment : segments) {
            if (segment instanceof Integer position) {
                text.append('[').append(position).append(']');
            } else {
                appendKey(text, (String) segment);
            }
        }
        return text.toString();
    }

    private static void appendKey(StringBuilder text, String key) {
        boolean plain = !key.isEmpty() && key.chars().noneMatch(c -> c == '.' || c == '[' || c == ']' || c == '"');
        if (plain) {
            text.append(text.length() == 0 ? "" : ".").append(key);
        } else {
            text.append("[\"")
                    .append(key.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
    }
}
