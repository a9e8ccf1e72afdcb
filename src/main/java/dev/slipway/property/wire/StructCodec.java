package dev.slipway.property.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Property values as they stand on Pulumi's wire: protobuf structs, in which an object with a signature means something
 * that protobuf has no word for.
 */
public final class StructCodec {
    static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    static final String ASSET = "c44067f5952c0a294b673a41bacd8c17";
    static final String ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
    static final String REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
    static final String OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private StructCodec() {}

    /** Reads an object. */
    public static PropertyMap fromStruct(Struct struct) {
        Map<String, PropertyValue> values = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((key, value) -> values.put(key, fromValue(value)));
        return new PropertyMap(values);
    }

    public static PropertyValue fromValue(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> PropertyValue.Null.VALUE;
            case BOOL_VALUE -> PropertyValue.of(value.getBoolValue());
            case NUMBER_VALUE -> PropertyValue.of(value.getNumberValue());
            case STRING_VALUE ->
                value.getStringValue().equals(UNKNOWN)
                        ? PropertyValue.Unknown.VALUE
                        : PropertyValue.of(value.getStringValue());
            case LIST_VALUE ->
                PropertyValue.of(value.getListValue().getValuesList().stream()
                        .map(StructCodec::fromValue)
                        .toList());
            case STRUCT_VALUE -> fromObject(value.getStructValue());
        };
    }

    private static PropertyValue fromObject(Struct object) {
        return switch (text(object, SIGNATURE).orElse("")) {
            case SECRET -> new PropertyValue.Secret(inner(object));
            case OUTPUT -> fromOutput(object);
            case ASSET ->
                new PropertyValue.Asset(
                        nullable(object, "text"),
                        nullable(object, "path"),
                        nullable(object, "uri"),
                        nullable(object, "hash"));
            case ARCHIVE ->
                new PropertyValue.Archive(
                        object.containsFields("assets")
                                ? fromStruct(object.getFieldsOrThrow("assets").getStructValue())
                                        .values()
                                : null,
                        nullable(object, "path"),
                        nullable(object, "uri"),
                        nullable(object, "hash"));
            case REFERENCE -> fromReference(object);
            default -> fromStruct(object);
        };
    }

    private static PropertyValue fromOutput(Struct object) {
        PropertyValue value = object.containsFields("value") ? inner(object) : PropertyValue.Unknown.VALUE;
        boolean secret = object.containsFields("secret")
                && object.getFieldsOrThrow("secret").getBoolValue();
        return secret ? new PropertyValue.Secret(value) : value;
    }

    private static PropertyValue inner(Struct object) {
        return fromValue(object.getFieldsOrDefault("value", Value.getDefaultInstance()));
    }

    private static PropertyValue fromReference(Struct object) {
        Urn urn = new Urn(text(object, "urn").orElse(""));
        // No id is a component; an empty one is the id of a custom resource that a preview has not made.
        Optional<PropertyValue> id = text(object, "id")
                .map(text ->
                        text.isEmpty() || text.equals(UNKNOWN) ? PropertyValue.Unknown.VALUE : PropertyValue.of(text));
        return new PropertyValue.Reference(
                urn, id, text(object, "packageVersion").orElse(""));
    }

    /** Writes an object. */
    public static Struct toStruct(PropertyMap map) {
        return toStruct(map.values());
    }

    private static Struct toStruct(Map<String, PropertyValue> values) {
        var struct = Struct.newBuilder();
        values.forEach((key, value) -> struct.putFields(key, toValue(value)));
        return struct.build();
    }

    public static Value toValue(PropertyValue value) {
        if (value instanceof PropertyValue.Null) {
            return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        }
        if (value instanceof PropertyValue.Bool bool) {
            return Value.newBuilder().setBoolValue(bool.value()).build();
        }
        if (value instanceof PropertyValue.Num number) {
            return Value.newBuilder().setNumberValue(number.value()).build();
        }
        if (value instanceof PropertyValue.Text text) {
            return text(text.value());
        }
        if (value instanceof PropertyValue.ListOf list) {
            var items = ListValue.newBuilder();
            list.items().forEach(item -> items.addValues(toValue(item)));
            return Value.newBuilder().setListValue(items).build();
        }
        if (value instanceof PropertyMap map) {
            return object(toStruct(map));
        }
        return toSpecial(value);
    }

    private static Value toSpecial(PropertyValue value) {
        if (value instanceof PropertyValue.Secret secret) {
            return object(
                    signed(SECRET).putFields("value", toValue(secret.value())).build());
        }
        if (value instanceof PropertyValue.Asset asset) {
            var struct = signed(ASSET);
            put(struct, "text", asset.text());
            put(struct, "path", asset.path());
            put(struct, "uri", asset.uri());
            put(struct, "hash", asset.hash());
            return object(struct.build());
        }
        if (value instanceof PropertyValue.Archive archive) {
            var struct = signed(ARCHIVE);
            if (archive.assets() != null) {
                struct.putFields("assets", object(toStruct(archive.assets())));
            }
            put(struct, "path", archive.path());
            put(struct, "uri", archive.uri());
            put(struct, "hash", archive.hash());
            return object(struct.build());
        }
        if (value instanceof PropertyValue.Reference reference) {
            return fromReference(reference);
        }
        return text(UNKNOWN);
    }

    private static Value fromReference(PropertyValue.Reference reference) {
        var struct = signed(REFERENCE).putFields("urn", text(reference.urn().text()));
        reference
                .id()
                .ifPresent(id -> struct.putFields(
                        "id", id.reveal() instanceof PropertyValue.Text known ? text(known.value()) : text("")));
        if (!reference.packageVersion().isEmpty()) {
            struct.putFields("packageVersion", text(reference.packageVersion()));
        }
        return object(struct.build());
    }

    private static Struct.Builder signed(String signature) {
        return Struct.newBuilder().putFields(SIGNATURE, text(signature));
    }

    private static void put(Struct.Builder struct, String key, @Nullable String text) {
        if (text != null) {
            struct.putFields(key, text(text));
        }
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value object(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    private static Optional<String> text(Struct object, String key) {
        Value value = object.getFieldsOrDefault(key, Value.getDefaultInstance());
        return value.hasStringValue() ? Optional.of(value.getStringValue()) : Optional.empty();
    }

    private static @Nullable String nullable(Struct object, String key) {
        return text(object, key).orElse(null);
    }
}
