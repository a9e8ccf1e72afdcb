package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.StructuralDiff;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.PropertyDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The default difference. An input that is set is compared with what the cloud was last seen to have, so that a change made by someone
 * else shows; an input that is not set is the cloud's choice and never a difference, except for a map (environment, tags), which means
 * "none" once the program no longer has it.
 */
final class InputDiff {
    private InputDiff() {}

    static List<PropertyDiff> between(RecordCodec<?> inputs, DiffRequest request) {
        var olds = new LinkedHashMap<String, PropertyValue>();
        var news = new LinkedHashMap<String, PropertyValue>();
        for (RecordCodec.Property property : inputs.properties()) {
            String name = property.name();
            Optional<PropertyValue> young = given(request.newInputs(), name);
            // What an earlier version recorded may lack the defaults.
            Optional<PropertyValue> seen = given(request.oldOutputs(), name)
                    .or(() -> given(request.oldInputs(), name))
                    .map(property.shape()::filled)
                    .or(property::defaultValue);
            boolean map = property.shape() instanceof Shape.Named;
            if (young.isPresent()) {
                PropertyValue wanted = property.shape().filled(young.get());
                news.put(name, wanted);
                Optional<PropertyValue> old = map ? seen.or(() -> Optional.of(PropertyMap.EMPTY)) : seen;
                old.ifPresent(value -> olds.put(name, comparable(property.shape(), value, wanted)));
            } else if (map) {
                given(request.oldInputs(), name).ifPresent(old -> {
                    olds.put(name, old);
                    news.put(name, PropertyMap.EMPTY);
                });
            }
        }
        Map<String, Optional<String>> reasons = new LinkedHashMap<>();
        inputs.properties().forEach(property -> reasons.put(property.name(), property.replacement()));
        return StructuralDiff.between(new PropertyMap(olds), new PropertyMap(news)).stream()
                .filter(difference -> !ignored(difference.path(), request.ignoreChanges()))
                .map(difference -> {
                    Optional<String> reason =
                            reasons.getOrDefault(difference.path().topLevel(), Optional.empty());
                    DiffKind kind = kindOf(difference.kind());
                    return new PropertyDiff(difference.path(), reason.isPresent() ? kind.asReplace() : kind, reason);
                })
                .toList();
    }

    static boolean ignored(PropertyPath path, List<PropertyPath> ignoreChanges) {
        return ignoreChanges.stream()
                .map(PropertyPath::segments)
                .anyMatch(prefix -> path.segments().size() >= prefix.size()
                        && path.segments().subList(0, prefix.size()).equals(prefix));
    }

    /** The part of a recorded value that a program's value speaks of: members of a record that are not set are left out. */
    private static PropertyValue comparable(Shape shape, PropertyValue old, PropertyValue young) {
        boolean open = shape instanceof Shape.Nested
                && old.reveal() instanceof PropertyMap
                && young.reveal() instanceof PropertyMap;
        if (!open) {
            return old;
        }
        var codec = ((Shape.Nested) shape).codec();
        var wanted = (PropertyMap) young.reveal();
        var seen = (PropertyMap) old.reveal();
        var part = new LinkedHashMap<String, PropertyValue>();
        for (RecordCodec.Property property : codec.properties()) {
            given(wanted, property.name()).ifPresent(inner -> given(seen, property.name())
                    .ifPresent(value -> part.put(property.name(), comparable(property.shape(), value, inner))));
        }
        return new PropertyMap(part);
    }

    private static Optional<PropertyValue> given(PropertyMap values, String name) {
        return values.get(name).filter(value -> !(value.reveal() instanceof PropertyValue.Null));
    }

    private static DiffKind kindOf(StructuralDiff.Kind kind) {
        return switch (kind) {
            case ADD -> DiffKind.ADD;
            case DELETE -> DiffKind.DELETE;
            case UPDATE -> DiffKind.UPDATE;
        };
    }
}
