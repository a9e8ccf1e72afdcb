package dev.slipway.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Calls whose members are those of AWS's model and whose values are not. */
final class RandomCalls {
    private static final int DEEPEST = 4;

    private final Hostile hostile;

    RandomCalls(Hostile hostile) {
        this.hostile = hostile;
    }

    /** A body for the operation, in its protocol. */
    String body(Operation operation) {
        if (!operation.isQuery()) {
            return json(operation.builder(), 0);
        }
        List<String> pairs = new ArrayList<>(List.of("Action=" + operation.name(), "Version=" + operation.version()));
        query(operation.builder(), "", pairs, 0);
        return String.join("&", pairs);
    }

    private boolean wanted(int depth) {
        return depth < DEEPEST && !hostile.oneIn(depth == 0 ? 4 : 2);
    }

    private String json(SdkPojo pojo, int depth) {
        return pojo.sdkFields().stream()
                .filter(field -> wanted(depth))
                .map(field -> Hostile.quoted(field.locationName()) + ":"
                        + (hostile.oneIn(12) ? hostile.json() : json(field, depth + 1)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String json(SdkField<?> field, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case INTEGER, LONG, INSTANT ->
                String.valueOf(hostile.random().nextInt(hostile.oneIn(3) ? Integer.MAX_VALUE : 1000));
            case BOOLEAN -> String.valueOf(hostile.random().nextBoolean());
            case FLOAT, DOUBLE -> String.valueOf(hostile.random().nextDouble());
            case SDK_POJO -> json(field.constructor().get(), depth);
            case LIST -> {
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                yield elements(depth, () -> json(member, depth + 1)).stream()
                        .collect(Collectors.joining(",", "[", "]"));
            }
            case MAP -> {
                SdkField<?> value = field.getTrait(MapTrait.class).valueFieldInfo();
                yield elements(depth, () -> Hostile.quoted(hostile.text()) + ":" + json(value, depth + 1)).stream()
                        .collect(Collectors.joining(",", "{", "}"));
            }
            default -> Hostile.quoted(hostile.text());
        };
    }

    private List<String> elements(int depth, java.util.function.Supplier<String> one) {
        List<String> elements = new ArrayList<>();
        int count = depth < DEEPEST ? hostile.random().nextInt(4) : 0;
        for (int i = 0; i < count; i++) {
            elements.add(one.get());
        }
        return elements;
    }

    private void query(SdkPojo pojo, String prefix, List<String> pairs, int depth) {
        for (SdkField<?> field : pojo.sdkFields()) {
            if (wanted(depth)) {
                query(field, prefix + field.locationName(), pairs, depth + 1);
            }
        }
    }

    private void query(SdkField<?> field, String name, List<String> pairs, int depth) {
        switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> query(field.constructor().get(), name + ".", pairs, depth);
            case LIST -> {
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                for (int i = hostile.random().nextInt(4); i > 0; i--) {
                    query(
                            member,
                            name + ".member."
                                    + hostile.of(List.of(
                                            "1", "2", "3", "1", "2", "0", "-1", "99999", "2147483648", "x", "")),
                            pairs,
                            depth + 1);
                }
            }
            case MAP -> pairs.add(name + ".entry.1.key=" + encoded(hostile.text()));
            case INTEGER, LONG ->
                pairs.add(name + "="
                        + hostile.of(List.of("1", "900", "3600", "-1", "99999999999999999999", "1.5", "x", "")));
            default -> pairs.add(name + "=" + (hostile.oneIn(30) ? hostile.line() : encoded(hostile.text())));
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Headers that make it a call of the operation, by the root of an account. */
    static Message message(Operation operation, Map<String, String> signature) {
        Message message = new Message("POST", "/").header("Host", "127.0.0.1");
        if (operation.isQuery()) {
            message.header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        } else {
            message.header("Content-Type", operation.contentType())
                    .header("X-Amz-Target", operation.target() + "." + operation.name());
        }
        signature.forEach(message::header);
        return message;
    }
}
