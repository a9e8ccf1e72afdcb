package dev.slipway.engine.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Property values as JSON in Pulumi's state format: the wire's special values, with encrypted secrets. */
final class PropertyJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String ASSET = "c44067f5952c0a294b673a41bacd8c17";
    private static final String ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
    private static final String REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
    private static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private static final String FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    /** Beyond 2^53 a double has no exact neighbours, and Go prints it with an exponent. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How the inside of a secret is hidden and shown. */
    interface Cipher {
        String encrypt(String clear);

        String decrypt(String hidden);
    }

    private final @Nullable Cipher cipher;

    private PropertyJson(@Nullable Cipher cipher) {
        this.cipher = cipher;
    }

    static PropertyJson encrypted(Cipher cipher) {
        return new PropertyJson(cipher);
    }

    /** Secrets stay marked, but in clear: for the inside of a secret and for {@code --show-secrets}. */
    static PropertyJson clear() {
        return new PropertyJson(null);
    }

    ObjectNode write(PropertyMap map) {
        ObjectNode node = JSON.objectNode();
        new TreeMap<>(map.values()).forEach((key, value) -> node.set(key, write(value)));
        return node;
    }

    JsonNode write(PropertyValue value) {
        if (value instanceof PropertyValue.Bool bool) {
            return JSON.booleanNode(bool.value());
        } else if (value instanceof PropertyValue.Num number) {
            return number(number.value());
        } else if (value instanceof PropertyValue.Text text) {
            return JSON.textNode(text.value());
        } else if (value instanceof PropertyValue.ListOf list) {
            var array = JSON.arrayNode();
            list.items().forEach(item -> array.add(write(item)));
            return array;
        } else if (value instanceof PropertyMap map) {
            return write(map);
        } else if (value instanceof PropertyValue.Secret secret) {
            return secret(secret);
        } else if (value instanceof PropertyValue.Unknown) {
            return JSON.textNode(UNKNOWN);
        } else if (value instanceof PropertyValue.Asset asset) {
            var node = signed(ASSET);
            put(node, "text", asset.text());
            return file(node, asset.path(), asset.uri(), asset.hash());
        } else if (value instanceof PropertyValue.Archive archive) {
            var node = signed(ARCHIVE);
            if (archive.assets() != null) {
                node.set("assets", write(new PropertyMap(archive.assets())));
            }
            return file(node, archive.path(), archive.uri(), archive.hash());
        } else if (value instanceof PropertyValue.Reference reference) {
            return reference(reference);
        }
        return JSON.nullNode();
    }

    private JsonNode secret(PropertyValue.Secret secret) {
        String inside = clear().write(secret.value()).toString();
        var node = signed(SECRET);
        return cipher == null ? node.put("plaintext", inside) : node.put("ciphertext", cipher.encrypt(inside));
    }

    private JsonNode reference(PropertyValue.Reference reference) {
        var node = signed(REFERENCE).put("urn", reference.urn().text());
        reference
                .id()
                .ifPresent(id -> node.set("id", id instanceof PropertyValue.Unknown ? JSON.textNode("") : write(id)));
        put(node, "packageVersion", reference.packageVersion());
        return node;
    }

    private static JsonNode file(ObjectNode node, @Nullable String path, @Nullable String uri, @Nullable String hash) {
        put(node, "path", path);
        put(node, "uri", uri);
        put(node, "hash", hash);
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            node.put(key, value);
        }
    }

    private static ObjectNode signed(String kind) {
        return JSON.objectNode().put(SIGNATURE, kind);
    }

    private static JsonNode number(double value) {
        if (!Double.isFinite(value)) {
            return signed(FLOAT).put("value", String.format("%016x", Double.doubleToLongBits(value)));
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
        return whole ? JSON.numberNode((long) value) : JSON.numberNode(BigDecimal.valueOf(value));
    }

    PropertyMap readMap(@Nullable JsonNode node) {
        var values = new LinkedHashMap<String, PropertyValue>();
        if (node != null) {
            node.properties().forEach(entry -> values.put(entry.getKey(), read(entry.getValue())));
        }
        return new PropertyMap(values);
    }

    PropertyValue read(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().equals(UNKNOWN) ? PropertyValue.Unknown.VALUE : PropertyValue.of(node.textValue());
        } else if (node.isNumber()) {
            return PropertyValue.of(node.doubleValue());
        } else if (node.isBoolean()) {
            return PropertyValue.of(node.booleanValue());
        } else if (node.isArray()) {
            List<PropertyValue> items = new ArrayList<>();
            node.forEach(item -> items.add(read(item)));
            return PropertyValue.of(items);
        } else if (node.isObject()) {
            return node.has(SIGNATURE) ? special(node) : readMap(node);
        }
        return PropertyValue.Null.VALUE;
    }

    private PropertyValue special(JsonNode node) {
        String kind = node.get(SIGNATURE).asText();
        return switch (kind) {
            case SECRET -> new PropertyValue.Secret(readSecret(node));
            case ASSET ->
                new PropertyValue.Asset(asset(node), text(node, "path"), text(node, "uri"), text(node, "hash"));
            case ARCHIVE ->
                new PropertyValue.Archive(archived(node), text(node, "path"), text(node, "uri"), text(node, "hash"));
            case REFERENCE -> readReference(node);
            case OUTPUT -> node.has("value") ? read(node.get("value")) : PropertyValue.Unknown.VALUE;
            case FLOAT ->
                PropertyValue.of(Double.longBitsToDouble(
                        Long.parseUnsignedLong(node.path("value").asText(), 16)));
            default ->
                throw new StateException("The state holds a value of a kind that this version does not know (" + kind
                        + "); a newer version wrote it.");
        };
    }

    private PropertyValue readSecret(JsonNode node) {
        String clear = text(node, "plaintext");
        String hidden = text(node, "ciphertext");
        if (clear == null && hidden != null && cipher != null) {
            clear = cipher.decrypt(hidden);
        }
        if (clear == null) {
            throw new StateException("The state holds a secret without its ciphertext.");
        }
        try {
            return clear().read(MAPPER.readTree(clear));
        } catch (JsonProcessingException e) {
            e.clearLocation();
            throw new StateException("The state holds a secret whose content is not JSON; it was edited or damaged.");
        }
    }

    private PropertyValue readReference(JsonNode node) {
        Optional<PropertyValue> id = Optional.ofNullable(text(node, "id"))
                .map(text -> text.isEmpty() ? PropertyValue.Unknown.VALUE : PropertyValue.of(text));
        String version = text(node, "packageVersion");
        return new PropertyValue.Reference(new Urn(node.path("urn").asText()), id, version == null ? "" : version);
    }

    /** Go leaves empty texts out: an asset with no source at all is the empty text. */
    private static @Nullable String asset(JsonNode node) {
        String text = text(node, "text");
        return text == null && !node.has("path") && !node.has("uri") ? "" : text;
    }

    private @Nullable Map<String, PropertyValue> archived(JsonNode node) {
        return node.has("assets") ? readMap(node.get("assets")).values() : null;
    }

    private static @Nullable String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value.asText();
    }
}
