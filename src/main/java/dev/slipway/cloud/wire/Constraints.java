package dev.slipway.cloud.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Checks a request against the model of its service: required members, lengths, ranges, patterns and enumerations, all at once. */
final class Constraints {
    private final ServiceModel model;
    private final List<Violation> found = new ArrayList<>();

    private Constraints(ServiceModel model) {
        this.model = model;
    }

    /**
     * One thing that is wrong.
     *
     * @param path for example {@code tags.1.member.key}
     * @param value as a message may show it; empty when it must not
     * @param sentence what it should have been, for example {@code Member must not be null}
     * @param shape the constraints of the value
     */
    record Violation(String path, Optional<String> value, String sentence, Shape shape) {}

    /** What is wrong with the input of an operation, in the order of its members; empty when nothing is. */
    static List<Violation> check(ServiceModel model, String operation, SdkPojo request) {
        Constraints constraints = new Constraints(model);
        constraints.structure(request, model.input(operation), "");
        return constraints.found;
    }

    private void structure(SdkPojo pojo, Shape shape, String path) {
        if (shape.members().isEmpty()) {
            return;
        }
        for (SdkField<?> field : pojo.sdkFields()) {
            Shape.Member member = shape.members().get(field.locationName());
            if (member == null) {
                continue;
            }
            Object value = field.getValueOrDefault(pojo);
            String at = path + lowerFirst(field.locationName());
            if (value == null || JsonCodec.isUnset(value)) {
                if (member.required()) {
                    found.add(new Violation(at, Optional.of("null"), "Member must not be null", Shape.ANY));
                }
            } else {
                value(value, model.shape(member.shape()), at);
            }
        }
    }

    private void value(Object value, Shape shape, String path) {
        if (shape.isFree()) {
            return;
        }
        for (String sentence : Values.wrong(value, shape)) {
            add(path, value, sentence, shape);
        }
        if (value instanceof SdkPojo pojo) {
            structure(pojo, shape, path + ".");
        } else if (value instanceof List<?> list) {
            elements(list, shape, path);
        } else if (value instanceof Map<?, ?> map) {
            entries(map, shape, path);
        }
    }

    /** AWS reports a list whose simple elements are wrong once, and structures in a list each by itself. */
    private void elements(List<?> list, Shape shape, String path) {
        Shape element = model.shape(shape.element());
        boolean wrong = false;
        int number = 0;
        for (Object one : list) {
            number++;
            if (isSimple(one)) {
                wrong |= !Values.wrong(one, element).isEmpty();
            } else {
                value(one, element, path + "." + number + ".member");
            }
        }
        if (wrong) {
            add(path, list, "Member must satisfy constraint: " + Values.all(element), hidden(shape, element));
        }
    }

    private void entries(Map<?, ?> map, Shape shape, String path) {
        Shape key = model.shape(shape.key());
        Shape element = model.shape(shape.element());
        Shape secrets = hidden(key, element);
        if (map.keySet().stream().anyMatch(one -> !Values.wrong(one, key).isEmpty())) {
            add(path, map, "Map keys must satisfy constraint: " + Values.all(key), secrets);
        }
        boolean wrong = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (isSimple(entry.getValue())) {
                wrong |= !Values.wrong(entry.getValue(), element).isEmpty();
            } else {
                value(entry.getValue(), element, path + "." + entry.getKey() + ".member");
            }
        }
        if (wrong) {
            add(path, map, "Map value must satisfy constraint: " + Values.all(element), secrets);
        }
    }

    private static Shape hidden(Shape one, Shape other) {
        return one.secret() ? one : other;
    }

    private void add(String path, Object value, String sentence, Shape shape) {
        found.add(new Violation(
                path, shape.secret() ? Optional.empty() : Optional.of(Values.shown(value)), sentence, shape));
    }

    private static boolean isSimple(Object value) {
        return !(value instanceof SdkPojo || value instanceof List || value instanceof Map)
                || value instanceof SdkBytes;
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
