package dev.slipway.cli.display;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.Optional;

/** Property values as a person or a program reads them. */
public final class Values {
    private static final String SECRET = "[secret]";
    private static final String UNKNOWN = "[unknown]";

    private Values() {}

    /** A value as JSON; a secret is the text {@code [secret]} unless {@code showSecrets}, an unknown one {@code [unknown]}. */
    public static JsonNode json(PropertyValue value, boolean showSecrets) {
        if (value instanceof PropertyValue.Text text) {
            return TextNode.valueOf(text.value());
        }
        if (value instanceof PropertyValue.Bool bool) {
            return BooleanNode.valueOf(bool.value());
        }
        if (value instanceof PropertyValue.Num number) {
            return number(number.value());
        }
        if (value instanceof PropertyValue.ListOf list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.items().forEach(item -> array.add(json(item, showSecrets)));
            return array;
        }
        if (value instanceof PropertyMap map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.values().forEach((key, item) -> object.set(key, json(item, showSecrets)));
            return object;
        }
        if (value instanceof PropertyValue.Secret secret) {
            return showSecrets ? json(secret.value(), true) : TextNode.valueOf(SECRET);
        }
        if (value instanceof PropertyValue.Reference reference) {
            return TextNode.valueOf(reference.urn().text());
        }
        return value instanceof PropertyValue.Unknown ? TextNode.valueOf(UNKNOWN) : NullNode.getInstance();
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? LongNode.valueOf((long) value)
                : DoubleNode.valueOf(value);
    }

    /** A value on one line, texts in quotes. */
    public static String line(PropertyValue value, boolean showSecrets) {
        if (value instanceof PropertyValue.Secret && !showSecrets) {
            return SECRET;
        }
        return value instanceof PropertyValue.Unknown
                ? UNKNOWN
                : json(value, showSecrets).toString();
    }

    /** The value that stands at a path; empty when there is none. */
    static Optional<PropertyValue> at(PropertyMap map, PropertyPath path) {
        PropertyValue value = map;
        for (Object segment : path.segments()) {
            if (value instanceof PropertyValue.Secret secret) {
                return Optional.of(secret);
            }
            PropertyValue next = null;
            if (value instanceof PropertyMap object && segment instanceof String key) {
                next = object.values().get(key);
            } else if (value instanceof PropertyValue.ListOf list && segment instanceof Integer index) {
                next = index < list.items().size() ? list.items().get(index) : null;
            }
            if (next == null) {
                return Optional.empty();
            }
            value = next;
        }
        return Optional.of(value);
    }
}
