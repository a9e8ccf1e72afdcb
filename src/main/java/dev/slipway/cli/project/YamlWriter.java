package dev.slipway.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/** How new values are written in YAML: plain where that can't be misunderstood, else in JSON's quotes, which YAML knows. */
final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./@+=-]*(?:[ :][A-Za-z0-9_./@+=-]+)*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|\\.nan|\\.inf");

    private YamlWriter() {}

    /** On lines of its own; ends with a line break. */
    static String block(JsonNode value, int indent) {
        if (value.isObject() && !value.isEmpty()) {
            var lines = new StringBuilder();
            value.properties().forEach(entry -> lines.append(entry(entry.getKey(), entry.getValue(), indent)));
            return lines.toString();
        }
        if (value.isArray() && !value.isEmpty()) {
            var lines = new StringBuilder();
            value.forEach(item -> lines.append(" ".repeat(indent))
                    .append("- ")
                    .append(flow(item))
                    .append('\n'));
            return lines.toString();
        }
        return " ".repeat(indent) + flow(value) + "\n";
    }

    static String entry(String key, JsonNode value, int indent) {
        String begin = " ".repeat(indent) + scalar(key) + ":";
        return value.isContainerNode() && !value.isEmpty()
                ? begin + "\n" + block(value, indent + 2)
                : begin + " " + flow(value) + "\n";
    }

    /** On one line. */
    static String flow(JsonNode value) {
        if (value.isTextual()) {
            return scalar(value.asText());
        }
        var line = new StringBuilder();
        if (value.isObject()) {
            line.append('{');
            for (Iterator<Map.Entry<String, JsonNode>> all = value.properties().iterator(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = all.next();
                line.append(scalar(entry.getKey())).append(": ").append(flow(entry.getValue()));
                line.append(all.hasNext() ? ", " : "");
            }
            return line.append('}').toString();
        }
        if (value.isArray()) {
            line.append('[');
            for (Iterator<JsonNode> all = value.iterator(); all.hasNext(); ) {
                line.append(flow(all.next())).append(all.hasNext() ? ", " : "");
            }
            return line.append(']').toString();
        }
        return value.toString();
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()
                ? text
                : com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }
}
