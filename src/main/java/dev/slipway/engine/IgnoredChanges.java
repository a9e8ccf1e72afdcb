package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts the old value back at every path whose changes shall not count; {@code *} stands for every key or position. As in Pulumi's engine, a path
 * leads through what both values have: what lies in an added or removed part changes after all, and that is told.
 */
final class IgnoredChanges {
    /** Whether the path of this walk ended before its place. */
    private boolean missed;

    private IgnoredChanges() {}

    /**
     * What came of it.
     *
     * @param missed the paths that lead into what only one of both has
     */
    record Outcome(PropertyMap inputs, List<PropertyPath> missed) {
        /** What a person is told of it, if anything. */
        Optional<String> note() {
            return missed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(missed.stream()
                            .map(PropertyPath::toString)
                            .collect(Collectors.joining(
                                    ", ", "cannot ignore changes in added or removed elements of the path: \"", "\"")));
        }
    }

    /** A value on the way, without its cover, and whether it, or what it is in, is a secret. */
    private record Side(PropertyValue value, boolean secret) {
        static Side of(PropertyValue value, boolean above) {
            return value instanceof PropertyValue.Secret secret
                    ? new Side(secret.value(), true)
                    : new Side(value, above);
        }

        Optional<PropertyMap> map() {
            return value instanceof PropertyMap map ? Optional.of(map) : Optional.empty();
        }

        Optional<List<PropertyValue>> items() {
            return value instanceof PropertyValue.ListOf list ? Optional.of(list.items()) : Optional.empty();
        }
    }

    static Outcome reset(PropertyMap olds, PropertyMap news, List<PropertyPath> paths) {
        PropertyMap result = news;
        List<PropertyPath> missed = new ArrayList<>();
        for (PropertyPath path : paths) {
            var walk = new IgnoredChanges();
            PropertyValue after = walk.inside(new Side(olds, false), new Side(result, false), path.segments());
            result = after instanceof PropertyMap map ? map : result;
            if (walk.missed) {
                missed.add(path);
            }
        }
        return new Outcome(result, missed);
    }

    private PropertyValue below(
            Side old, PropertyValue oldValue, Side young, PropertyValue newValue, List<Object> rest) {
        PropertyValue result = inside(Side.of(oldValue, old.secret), Side.of(newValue, young.secret), rest);
        return newValue instanceof PropertyValue.Secret ? new PropertyValue.Secret(result) : result;
    }

    private PropertyValue inside(Side old, Side young, List<Object> path) {
        if (path.isEmpty()) {
            return missing(young);
        }
        List<Object> rest = path.subList(1, path.size());
        Object segment = path.get(0);
        if (segment instanceof Integer position) {
            return item(old, young, position, rest);
        }
        if (segment.equals("*")) {
            return every(old, young, rest);
        }
        return rest.isEmpty()
                ? property(old, young, segment.toString())
                : through(old, young, segment.toString(), rest);
    }

    /** An old value that was hidden by what it was in stays hidden. */
    private static PropertyValue taken(PropertyValue value, Side old, Side young) {
        boolean bare = old.secret && !young.secret && !(value instanceof PropertyValue.Secret);
        return bare ? new PropertyValue.Secret(value) : value;
    }

    private PropertyValue missing(Side young) {
        missed = true;
        return young.value;
    }

    private PropertyValue property(Side old, Side young, String key) {
        Optional<PropertyValue> before = old.map().flatMap(map -> map.get(key));
        Optional<PropertyMap> news = young.map();
        if (news.isEmpty()) {
            return before.isPresent() ? missing(young) : young.value;
        }
        return before.map(value -> news.get().with(key, taken(value, old, young)))
                .orElseGet(() -> news.get().without(key));
    }

    private PropertyValue through(Side old, Side young, String key, List<Object> rest) {
        Optional<PropertyMap> olds = old.map();
        Optional<PropertyMap> news = young.map();
        if (olds.isEmpty() || news.isEmpty()) {
            return olds.isEmpty() && news.isEmpty() ? young.value : missing(young);
        }
        Optional<PropertyValue> before = olds.get().get(key);
        Optional<PropertyValue> now = news.get().get(key);
        if (now.isEmpty()) {
            return before.isPresent() ? missing(young) : young.value;
        }
        return news.get().with(key, below(old, before.orElse(PropertyValue.Null.VALUE), young, now.get(), rest));
    }

    private PropertyValue item(Side old, Side young, int position, List<Object> rest) {
        Optional<List<PropertyValue>> olds = old.items();
        Optional<List<PropertyValue>> news = young.items();
        if (olds.isEmpty() || news.isEmpty()) {
            return olds.isEmpty() && news.isEmpty() ? young.value : missing(young);
        }
        boolean before = position < olds.get().size();
        boolean now = position < news.get().size();
        if (position < 0 || !before || !now) {
            return position >= 0 && !before && !now && rest.isEmpty() ? young.value : missing(young);
        }
        List<PropertyValue> items = new ArrayList<>(news.get());
        PropertyValue value = olds.get().get(position);
        items.set(
                position,
                rest.isEmpty() ? taken(value, old, young) : below(old, value, young, items.get(position), rest));
        return PropertyValue.of(items);
    }

    private PropertyValue every(Side old, Side young, List<Object> rest) {
        if (old.map().isPresent() && young.map().isPresent()) {
            return everyProperty(old, young, rest);
        }
        if (old.items().isPresent() && young.items().isPresent()) {
            return everyItem(old, young, rest);
        }
        boolean none = young.map().isEmpty() && young.items().isEmpty();
        return rest.isEmpty() && !none ? young.value : missing(young);
    }

    private PropertyValue everyProperty(Side old, Side young, List<Object> rest) {
        PropertyMap olds = old.map().orElseThrow();
        PropertyMap result = young.map().orElseThrow();
        Set<String> keys = new TreeSet<>(olds.values().keySet());
        if (rest.isEmpty()) {
            keys.addAll(result.values().keySet());
        }
        for (String key : keys) {
            var map = new Side(result, young.secret);
            result = (PropertyMap) (rest.isEmpty() ? property(old, map, key) : through(old, map, key, rest));
        }
        return result;
    }

    private PropertyValue everyItem(Side old, Side young, List<Object> rest) {
        int olds = old.items().orElseThrow().size();
        int news = young.items().orElseThrow().size();
        PropertyValue result = young.value;
        for (int position = 0; position < Math.min(olds, news); position++) {
            result = item(old, new Side(result, young.secret), position, rest);
        }
        missed |= olds != news;
        return result;
    }
}
