package dev.slipway.cloud.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's model of a service says about values of one type.
 *
 * @param least the smallest number, or the smallest length of a string, list, map or blob
 * @param most the same upwards
 * @param choices the values of an enumeration; empty when any will do
 * @param pattern what a string has to match as a whole
 * @param secret whether a message must not repeat the value
 * @param key the shape of a map's keys
 * @param element the shape of a list's elements or a map's values
 * @param members of a structure, by name
 */
record Shape(
        @Nullable Long least,
        @Nullable Long most,
        List<String> choices,
        @Nullable TextPattern pattern,
        boolean secret,
        String key,
        String element,
        Map<String, Member> members) {
    /** The name of shapes that have no constraints. */
    static final String FREE = "-";

    static final Shape ANY = new Shape(null, null, List.of(), null, false, FREE, FREE, Map.of());

    /** Whether values are free of constraints, inside too. */
    boolean isFree() {
        return equals(ANY);
    }

    /** A member of a structure. */
    record Member(String shape, boolean required) {}
}
