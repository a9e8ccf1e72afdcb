package dev.slipway.cloud.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query request as a tree: {@code Tags.member.1.Key=a} is a path of four names with a value at its end.
 */
final class QueryParameters {
    private static final int MOST_PARAMETERS = 10_000;
    private static final int MOST_DEPTH = 32;

    private final Map<String, QueryParameters> children = new LinkedHashMap<>();

    @Nullable
    private String value;

    static QueryParameters parse(String encoded) {
        QueryParameters root = new QueryParameters();
        if (encoded.isEmpty()) {
            return root;
        }
        String[] pairs = encoded.split("&", -1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new SerializationFault("more than " + MOST_PARAMETERS + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            root.descend(name).offer(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return root;
    }

    /** Of two parameters of one name the first counts. */
    private void offer(String text) {
        value = value == null ? text : value;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new SerializationFault("a parameter has a broken percent-encoding");
        }
    }

    private QueryParameters descend(String path) {
        String[] names = path.split("\\.", -1);
        if (names.length > MOST_DEPTH) {
            throw new SerializationFault("a parameter name has more than " + MOST_DEPTH + " parts");
        }
        QueryParameters at = this;
        for (String name : names) {
            at = at.children.computeIfAbsent(name, key -> new QueryParameters());
        }
        return at;
    }

    @Nullable
    QueryParameters child(String name) {
        return children.get(name);
    }

    /**
     * The children, in the order of the numbers that are their names.
     *
     * @throws SerializationFault when one of them has another name
     */
    Iterable<QueryParameters> numbered() {
        Map<Integer, QueryParameters> sorted = new TreeMap<>();
        children.forEach((name, child) -> {
            if (!name.matches("[0-9]{1,6}")) {
                throw new SerializationFault("an element of a list is named '" + name + "'; expected its number");
            }
            sorted.putIfAbsent(Integer.parseInt(name), child);
        });
        return sorted.values();
    }

    /** True when parameters begin with this name and a dot. */
    boolean hasChildren() {
        return !children.isEmpty();
    }

    @Nullable
    String value() {
        return value;
    }

    /** The value of a parameter of one name, empty when it is not there. */
    String get(String name) {
        QueryParameters child = children.get(name);
        return child == null || child.value == null ? "" : child.value;
    }
}
