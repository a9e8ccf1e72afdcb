package dev.slipway.cloud.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** The SDK's objects with random values, awkward ones among them. */
final class RandomPojos {
    private static final int DEEPEST = 4;
    private static final List<String> TEXTS = List.of(
            "plain",
            "a b",
            "<&>\"'",
            "line\nfeed",
            "carriage\r\nreturn",
            "tab\there",
            " edge ",
            "äöü ß",
            "日本語",
            "🚢⚓",
            "%41+/=&;",
            "{}[]:,",
            "x".repeat(300));

    private final Random random;

    RandomPojos(Random random) {
        this.random = random;
    }

    SdkPojo next(Class<? extends SdkPojo> type) {
        return fill(Pojos.builder(type), 0);
    }

    private SdkPojo fill(SdkPojo builder, int depth) {
        boolean any = false;
        for (SdkField<?> field : builder.sdkFields()) {
            boolean scalar = field.constructor() == null
                    && !field.containsTrait(ListTrait.class)
                    && !field.containsTrait(MapTrait.class);
            // The query protocol cannot say "an empty structure", so each has something.
            // What the SDK would fill in by itself.
            boolean filled = field.containsTrait(DefaultValueTrait.class);
            boolean set = filled || (depth < DEEPEST && random.nextInt(10) < 7) || (scalar && !any);
            if (set) {
                field.set(builder, value(field, depth + 1));
                any = any || scalar;
            }
        }
        return Pojos.build(builder);
    }

    private Object value(SdkField<?> field, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian() * 1e6;
            case INSTANT ->
                Instant.ofEpochMilli(
                        946_684_800_000L + random.nextInt(Integer.MAX_VALUE) * 1000L + random.nextInt(1000));
            case SDK_BYTES -> {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                yield SdkBytes.fromByteArray(bytes);
            }
            case SDK_POJO -> fill(field.constructor().get(), depth);
            case LIST -> list(field, depth);
            case MAP -> map(field, depth);
            default ->
                throw new AssertionError(
                        "a new kind: " + field.marshallingType().getKnownType());
        };
    }

    private List<Object> list(SdkField<?> field, int depth) {
        List<Object> list = new ArrayList<>();
        int size = depth > DEEPEST ? 1 : random.nextInt(3);
        for (int i = 0; i < size; i++) {
            list.add(value(field.getTrait(ListTrait.class).memberFieldInfo(), depth));
        }
        return list;
    }

    private Map<String, Object> map(SdkField<?> field, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            map.put(
                    "key " + i + TEXTS.get(random.nextInt(4)),
                    value(field.getTrait(MapTrait.class).valueFieldInfo(), depth));
        }
        return map;
    }
}
