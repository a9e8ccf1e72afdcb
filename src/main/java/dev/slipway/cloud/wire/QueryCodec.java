package dev.slipway.cloud.wire;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The AWS query protocol, the request side: parameters to the SDK's objects. */
final class QueryCodec {
    private QueryCodec() {}

    static SdkPojo read(QueryParameters parameters, Class<? extends SdkPojo> type) {
        return read(parameters, Pojos.builder(type));
    }

    static SdkPojo read(QueryParameters parameters, SdkPojo builder) {
        return object(parameters, builder, "");
    }

    private static SdkPojo object(QueryParameters parameters, SdkPojo builder, String path) {
        for (SdkField<?> field : builder.sdkFields()) {
            QueryParameters child = parameters.child(field.locationName());
            if (child != null) {
                field.set(builder, value(child, field, path + field.locationName()));
            }
        }
        return Pojos.build(builder);
    }

    private static @Nullable Object value(QueryParameters at, SdkField<?> field, String path) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> object(at, field.constructor().get(), path + ".");
            case LIST -> list(at, field, path);
            case MAP -> map(at, field, path);
            default -> text(at, path).map(text -> scalar(text, field, path)).orElse(null);
        };
    }

    private static Optional<String> text(QueryParameters at, String path) {
        if (at.value() == null && at.hasChildren()) {
            throw new SerializationFault("Start of structure or map found where not expected ('" + path + "')");
        }
        return Optional.ofNullable(at.value());
    }

    /** {@code Tags.member.1=…}; {@code Tags=} is the empty list. */
    private static List<Object> list(QueryParameters at, SdkField<?> field, String path) {
        ListTrait trait = field.getTrait(ListTrait.class);
        QueryParameters members = trait.isFlattened() ? at : at.child(name(trait.memberLocationName(), "member"));
        List<Object> list = new ArrayList<>();
        if (members != null) {
            for (QueryParameters member : members.numbered()) {
                Object value = value(member, trait.memberFieldInfo(), path + ".member." + (list.size() + 1));
                list.add(Objects.requireNonNullElse(value, ""));
            }
        }
        return list;
    }

    /** {@code Map.entry.1.key=…&Map.entry.1.value=…}. */
    private static Map<String, Object> map(QueryParameters at, SdkField<?> field, String path) {
        MapTrait trait = field.getTrait(MapTrait.class);
        QueryParameters entries = trait.isFlattened() ? at : at.child("entry");
        Map<String, Object> map = new LinkedHashMap<>();
        if (entries != null) {
            for (QueryParameters entry : entries.numbered()) {
                String key = entry.get(name(trait.keyLocationName(), "key"));
                QueryParameters value = entry.child(name(trait.valueLocationName(), "value"));
                Object read = value == null ? null : value(value, trait.valueFieldInfo(), path + ".entry." + key);
                map.put(key, Objects.requireNonNullElse(read, ""));
            }
        }
        return map;
    }

    private static String name(@Nullable String given, String standard) {
        return given == null ? standard : given;
    }

    private static Object scalar(String text, SdkField<?> field, String path) {
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> text;
                case BOOLEAN -> bool(text, path);
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case INSTANT -> Timestamps.parse(text, Timestamps.format(field, Format.ISO_8601));
                case SDK_BYTES ->
                    SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
                default -> throw new SerializationFault("'" + path + "' is of a kind that Slipway does not read");
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
            throw new SerializationFault("'" + path + "' must be of the type "
                    + field.marshallingType().getTargetClass().getSimpleName());
        }
    }

    /** As XML Schema writes them. */
    private static Boolean bool(String text, String path) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new SerializationFault("boolean must follow xsd1.1 definition ('" + path + "')");
        };
    }
}
