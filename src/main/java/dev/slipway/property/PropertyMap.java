package dev.slipway.property;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An object value: named properties, in the order in which they were given. Order does not count for equality. */
public record PropertyMap(Map<String, PropertyValue> values) implements PropertyValue {
    public static final PropertyMap EMPTY = new PropertyMap(Map.of());

    public PropertyMap {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static PropertyMap of(String key, PropertyValue value) {
        return EMPTY.with(key, value);
    }

    public Optional<PropertyValue> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The text at {@code key} with secrets revealed; empty when absent, null, unknown or not text. */
    public Optional<String> text(String key) {
        return get(key).map(PropertyValue::reveal)
                .filter(Text.class::isInstance)
                .map(value -> ((Text) value).value());
    }

    public PropertyMap with(String key, PropertyValue value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new PropertyMap(more);
    }

    public PropertyMap without(String key) {
        var fewer = new LinkedHashMap<>(values);
        fewer.remove(key);
        return new PropertyMap(fewer);
    }

    @Override
    public boolean containsUnknown() {
        return values.values().stream().anyMatch(PropertyValue::containsUnknown);
    }

    @Override
    public boolean containsSecret() {
        return values.values().stream().anyMatch(PropertyValue::containsSecret);
    }

    @Override
    public PropertyMap reveal() {
        var clear = new LinkedHashMap<String, PropertyValue>();
        values.forEach((key, value) -> clear.put(key, value.reveal()));
        return new PropertyMap(clear);
    }
}
