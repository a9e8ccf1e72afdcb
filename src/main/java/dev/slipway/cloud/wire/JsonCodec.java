package dev.slipway.cloud.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** AWS JSON 1.0 and 1.1: bodies to the SDK's objects and back, by walking their fields. Members nobody knows are ignored, as AWS does. */
final class JsonCodec {
    /** What has elements or members. */
    private static final String PARTS = "";

    /** A part of a layer comes as one text, in base64. */
    private static final int LONGEST_TEXT = 32 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonCodec() {}

    static SdkPojo read(byte[] body, Class<? extends SdkPojo> type) {
        return read(body, Pojos.builder(type));
    }

    static SdkPojo read(byte[] body, SdkPojo builder) {
        JsonNode root;
        try {
            root = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
        } catch (StreamConstraintsException excessive) {
            throw new SerializationFault("the body is nested too deeply, or has a text or number that is too long");
        } catch (JsonProcessingException malformed) {
            throw new SerializationFault("the body is not JSON: "
                    + malformed.getOriginalMessage().replaceAll(" *\\(start marker[^)]*\\)[^)]*\\)", ""));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return object(root, builder, "the body");
    }

    private static SdkPojo object(JsonNode node, SdkPojo builder, String path) {
        expect(node.isObject(), node, path, PARTS);
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode member = node.get(field.locationName());
            if (member != null && !member.isNull()) {
                field.set(
                        builder,
                        value(
                                member,
                                field,
                                path.equals("the body") ? field.locationName() : path + "." + field.locationName()));
            }
        }
        return Pojos.build(builder);
    }

    private static Object value(JsonNode node, SdkField<?> field, String path) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> {
                expect(node.isTextual(), node, path, "String");
                yield node.textValue();
            }
            case BOOLEAN -> {
                expect(node.isBoolean(), node, path, "Boolean");
                yield node.booleanValue();
            }
            case INTEGER -> {
                expect(node.canConvertToInt() && node.canConvertToExactIntegral(), node, path, "Integer");
                yield node.intValue();
            }
            case LONG -> {
                expect(node.canConvertToLong() && node.canConvertToExactIntegral(), node, path, "Long");
                yield node.longValue();
            }
            case FLOAT -> (float) number(node, path);
            case DOUBLE -> number(node, path);
            case INSTANT -> instant(node, Timestamps.format(field, Format.UNIX_TIMESTAMP), path);
            case SDK_BYTES -> bytes(node, path);
            case SDK_POJO -> object(node, field.constructor().get(), path);
            case LIST -> list(node, field, path);
            case MAP -> map(node, field, path);
            default ->
                throw new SerializationFault("'" + path + "' is of a kind that Slipway does not read: "
                        + field.marshallingType().getKnownType());
        };
    }

    private static List<Object> list(JsonNode node, SdkField<?> field, String path) {
        expect(node.isArray(), node, path, PARTS);
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            if (!element.isNull()) {
                list.add(value(element, member, path + "." + (list.size() + 1)));
            }
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode node, SdkField<?> field, String path) {
        expect(node.isObject(), node, path, PARTS);
        SdkField<?> valueField = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                map.put(entry.getKey(), value(entry.getValue(), valueField, path + "." + entry.getKey()));
            }
        });
        return map;
    }

    private static double number(JsonNode node, String path) {
        if (node.isTextual() && List.of("NaN", "Infinity", "-Infinity").contains(node.textValue())) {
            return Double.parseDouble(node.textValue());
        }
        expect(node.isNumber(), node, path, "Double");
        return node.doubleValue();
    }

    /** Usually seconds since 1970, with a fraction. */
    private static Instant instant(JsonNode node, Format format, String path) {
        boolean number = format == Format.UNIX_TIMESTAMP || format == Format.UNIX_TIMESTAMP_MILLIS;
        expect(number ? node.isNumber() : node.isTextual(), node, path, "Timestamp");
        try {
            return format == Format.UNIX_TIMESTAMP
                    ? Timestamps.ofSeconds(node.decimalValue())
                    : Timestamps.parse(node.asText(), format);
        } catch (ArithmeticException | java.time.DateTimeException | NumberFormatException wrong) {
            throw new SerializationFault("'" + path + "' is no timestamp, or out of their range");
        }
    }

    private static SdkBytes bytes(JsonNode node, String path) {
        expect(node.isTextual(), node, path, "Blob");
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(node.textValue()));
        } catch (IllegalArgumentException malformed) {
            throw new SerializationFault("'" + path + "' is not base64");
        }
    }

    private static void expect(boolean condition, JsonNode node, String path, String type) {
        if (!condition) {
            throw new SerializationFault(mismatch(node, type) + " ('" + path + "')");
        }
    }

    /** The sentences of AWS's own parser. */
    private static String mismatch(JsonNode node, String type) {
        if (node.isArray()) {
            return "Start of list found where not expected";
        }
        if (node.isObject()) {
            return "Start of structure or map found where not expected";
        }
        if (type.equals(PARTS)) {
            return "Unexpected field type";
        }
        String found = node.isBoolean()
                ? node.asText()
                : node.isFloatingPointNumber() ? "decimal" : node.getNodeType().name();
        return found.toUpperCase(Locale.ROOT) + "_VALUE cannot be converted to " + type;
    }

    static byte[] write(SdkPojo pojo) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writeObject(pojo, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeObject(SdkPojo pojo, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !isUnset(value)) {
                json.writeFieldName(field.locationName());
                writeValue(value, field, json);
            }
        }
        json.writeEndObject();
    }

    /** A collection that nobody set. One that was set to empty is written. */
    static boolean isUnset(Object value) {
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
    }

    private static void writeValue(Object value, SdkField<?> field, JsonGenerator json) throws IOException {
        if (value instanceof SdkPojo pojo) {
            writeObject(pojo, json);
        } else if (value instanceof List<?> list) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            json.writeStartArray();
            for (Object element : list) {
                writeValue(element, member, json);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                writeValue(entry.getValue(), member, json);
            }
            json.writeEndObject();
        } else if (value instanceof Instant time) {
            writeInstant(time, Timestamps.format(field, Format.UNIX_TIMESTAMP), json);
        } else {
            writeScalar(value, json);
        }
    }

    private static void writeInstant(Instant time, Format format, JsonGenerator json) throws IOException {
        String text = Timestamps.text(time, format);
        if (format == Format.UNIX_TIMESTAMP || format == Format.UNIX_TIMESTAMP_MILLIS) {
            json.writeNumber(text);
        } else {
            json.writeString(text);
        }
    }

    private static void writeScalar(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Float number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof SdkBytes bytes) {
            json.writeString(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
        } else {
            json.writeString(value.toString());
        }
    }
}
