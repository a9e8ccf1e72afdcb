package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the old value back at every path whose changes shall not count; {@code *} stands for every key or position. */
final class IgnoredChanges {
    private IgnoredChanges() {}

    static PropertyMap reset(PropertyMap olds, PropertyMap news, List<PropertyPath> paths) {
        PropertyValue result = news;
        for (PropertyPath path : paths) {
            result = reset(Optional.of(olds), Optional.of(result), path.segments())
                    .orElse(PropertyMap.EMPTY);
        }
        return result instanceof PropertyMap map ? map : news;
    }

    private static Optional<PropertyValue> reset(
            Optional<PropertyValue> old, Optional<PropertyValue> young, List<Object> path) {
        if (path.isEmpty()) {
            return old;
        }
        Optional<PropertyValue> oldInside = old.map(IgnoredChanges::uncover);
        Optional<PropertyValue> newInside = young.map(IgnoredChanges::uncover);
        List<Object> rest = path.subList(1, path.size());
        Optional<PropertyValue> result;
        if (newInside.orElse(null) instanceof PropertyMap newMap) {
            PropertyMap oldMap = oldInside.orElse(null) instanceof PropertyMap map ? map : PropertyMap.EMPTY;
            result = Optional.of(resetKeys(oldMap, newMap, path.get(0), rest));
        } else if (newInside.orElse(null) instanceof PropertyValue.ListOf newList) {
            result = Optional.of(resetItems(oldInside, newList, path.get(0), rest));
        } else {
            // Where the new value has no such place, the old one's place can't be put back into it.
            result = newInside;
        }
        boolean secret = young.isPresent() && young.get() instanceof PropertyValue.Secret;
        return secret ? result.map(PropertyValue.Secret::new) : result;
    }

    private static PropertyValue resetKeys(PropertyMap olds, PropertyMap news, Object segment, List<Object> rest) {
        Set<String> keys = new LinkedHashSet<>();
        if (segment.equals("*")) {
            keys.addAll(news.values().keySet());
            keys.addAll(olds.values().keySet());
        } else {
            keys.add(segment.toString());
        }
        var values = new LinkedHashMap<>(news.values());
        for (String key : keys) {
            Optional<PropertyValue> value = reset(olds.get(key), news.get(key), rest);
            value.ifPresentOrElse(present -> values.put(key, present), () -> values.remove(key));
        }
        return new PropertyMap(values);
    }

    private static PropertyValue resetItems(
            Optional<PropertyValue> old, PropertyValue.ListOf news, Object segment, List<Object> rest) {
        List<PropertyValue> olds = old.orElse(null) instanceof PropertyValue.ListOf list ? list.items() : List.of();
        List<PropertyValue> items = new ArrayList<>(news.items());
        for (int position = 0; position < items.size() && position < olds.size(); position++) {
            if (segment.equals("*") || segment.equals(position)) {
                items.set(
                        position,
                        reset(Optional.of(olds.get(position)), Optional.of(items.get(position)), rest)
                                .orElse(PropertyValue.Null.VALUE));
            }
        }
        return PropertyValue.of(items);
    }

    private static PropertyValue uncover(PropertyValue value) {
        return value instanceof PropertyValue.Secret secret ? secret.value() : value;
    }
}
