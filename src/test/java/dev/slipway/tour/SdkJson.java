package dev.slipway.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The Java SDK's objects from and to JSON by the names of AWS's model. Shares nothing with the cloud's own codecs. */
final class SdkJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SdkJson() {}

    /** Fills a builder; a member that the SDK does not have is a mistake in the tour. */
    static SdkPojo fill(SdkPojo builder, ObjectNode members) {
        var unknown = new TreeSet<String>();
        members.fieldNames().forEachRemaining(unknown::add);
        for (SdkField<?> field : builder.sdkFields()) {
            if (unknown.remove(field.memberName())) {
                field.set(builder, value(field, members.get(field.memberName())));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(builder.getClass().getName() + " has no " + unknown);
        }
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static Object value(SdkField<?> field, JsonNode given) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> given.textValue();
            case BOOLEAN -> given.booleanValue();
            case INTEGER -> given.intValue();
            case LONG -> given.longValue();
            case FLOAT -> given.floatValue();
            case DOUBLE -> given.doubleValue();
            case SDK_BYTES -> SdkBytes.fromUtf8String(given.textValue());
            case SDK_POJO -> fill(field.constructor().get(), (ObjectNode) given);
            case LIST -> {
                List<Object> list = new ArrayList<>();
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                given.forEach(element -> list.add(value(member, element)));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
                given.properties().forEach(entry -> map.put(entry.getKey(), value(member, entry.getValue())));
                yield map;
            }
            default ->
                throw new IllegalArgumentException(
                        "no value for " + field.marshallingType().getKnownType());
        };
    }

    /** What the SDK read; collections that it made up because the answer had none are left out. */
    static JsonNode read(Object value) {
        if (value instanceof SdkPojo pojo) {
            ObjectNode object = JSON.createObjectNode();
            for (SdkField<?> field : pojo.sdkFields()) {
                Object member = field.getValueOrDefault(pojo);
                if (member != null
                        && !(member instanceof SdkAutoConstructList)
                        && !(member instanceof SdkAutoConstructMap)) {
                    object.set(field.memberName(), read(member));
                }
            }
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.createArrayNode();
            list.forEach(element -> array.add(read(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.createObjectNode();
            map.forEach((key, element) -> object.set(key.toString(), read(element)));
            return object;
        }
        if (value instanceof SdkBytes bytes) {
            return JSON.getNodeFactory().textNode(Base64.getEncoder().encodeToString(bytes.asByteArray()));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return JSON.valueToTree(value);
        }
        return JSON.getNodeFactory().textNode(value.toString());
    }
}
