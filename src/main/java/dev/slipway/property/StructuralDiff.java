package dev.slipway.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where two property values differ, by structure alone. Secrets are compared by what they hide, an absent property equals a null one,
 * and an unknown value differs from everything but another unknown. Lists are compared position by position.
 */
public final class StructuralDiff {
    private StructuralDiff() {}

    /** What happened to the value at a path on the way from the old to the new. */
    public enum Kind {
        ADD,
        DELETE,
        UPDATE
    }

    /** One place where old and new differ: the innermost one at which both sides can still be told apart. */
    public record Difference(PropertyPath path, Kind kind) {
        public Difference {
            Objects.requireNonNull(path, "path is null");
            Objects.requireNonNull(kind, "kind is null");
        }
    }

    /** Every difference, ordered by path, top-level names in alphabetical order. Empty when the two mean the same. */
    public static List<Difference> between(PropertyMap olds, PropertyMap news) {
        var differences = new ArrayList<Difference>();
        compareMaps(PropertyPath.ROOT, olds, news, differences);
        return List.copyOf(differences);
    }

    /** Every difference between two values, with paths that start at {@code at}. */
    public static List<Difference> between(PropertyPath at, PropertyValue old, PropertyValue young) {
        var differences = new ArrayList<Difference>();
        compare(at, old, young, differences);
        return List.copyOf(differences);
    }

    private static void compare(PropertyPath at, PropertyValue before, PropertyValue after, List<Difference> found) {
        PropertyValue old = uncover(before);
        PropertyValue young = uncover(after);
        if (absent(old) || absent(young)) {
            if (absent(old) != absent(young)) {
                found.add(new Difference(at, absent(old) ? Kind.ADD : Kind.DELETE));
            }
        } else if (old instanceof PropertyMap oldMap && young instanceof PropertyMap newMap) {
            compareMaps(at, oldMap, newMap, found);
        } else if (old instanceof PropertyValue.ListOf oldList && young instanceof PropertyValue.ListOf newList) {
            compareLists(at, oldList.items(), newList.items(), found);
        } else if (!same(old, young)) {
            found.add(new Difference(at, Kind.UPDATE));
        }
    }

    private static void compareMaps(PropertyPath at, PropertyMap olds, PropertyMap news, List<Difference> found) {
        var keys = new TreeSet<String>();
        keys.addAll(olds.values().keySet());
        keys.addAll(news.values().keySet());
        for (String key : keys) {
            compare(at.child(key), valueOf(olds, key), valueOf(news, key), found);
        }
    }

    private static void compareLists(
            PropertyPath at, List<PropertyValue> olds, List<PropertyValue> news, List<Difference> found) {
        for (int position = 0; position < Math.max(olds.size(), news.size()); position++) {
            PropertyPath here = at.child(position);
            if (position >= olds.size()) {
                found.add(new Difference(here, Kind.ADD));
            } else if (position >= news.size()) {
                found.add(new Difference(here, Kind.DELETE));
            } else {
                compare(here, olds.get(position), news.get(position), found);
            }
        }
    }

    private static PropertyValue valueOf(PropertyMap map, String key) {
        return map.get(key).orElse(PropertyValue.Null.VALUE);
    }

    private static PropertyValue uncover(PropertyValue value) {
        return value instanceof PropertyValue.Secret secret ? secret.value() : value;
    }

    private static boolean absent(PropertyValue value) {
        return value instanceof PropertyValue.Null;
    }

    /** Files count by content where both sides know it: the same text at another path is no change. */
    private static boolean same(PropertyValue old, PropertyValue young) {
        if (old instanceof PropertyValue.Asset oldAsset && young instanceof PropertyValue.Asset newAsset) {
            return sameHash(oldAsset.hash(), newAsset.hash(), old, young);
        }
        if (old instanceof PropertyValue.Archive oldArchive && young instanceof PropertyValue.Archive newArchive) {
            return sameHash(oldArchive.hash(), newArchive.hash(), old, young);
        }
        return old.equals(young);
    }

    private static boolean sameHash(
            @Nullable String oldHash, @Nullable String newHash, PropertyValue old, PropertyValue young) {
        return oldHash != null && newHash != null ? oldHash.equals(newHash) : old.equals(young);
    }
}
