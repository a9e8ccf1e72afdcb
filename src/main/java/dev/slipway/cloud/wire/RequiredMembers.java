package dev.slipway.cloud.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Which members a request must have, from AWS's published service models: the SDK's classes do not say. Checks the whole request and
 * reports all that is missing at once, as AWS words it. Lengths, ranges and patterns belong here too, once their table is generated.
 */
final class RequiredMembers {
    private final Map<String, Set<String>> byStructure;

    private RequiredMembers(Map<String, Set<String>> byStructure) {
        this.byStructure = byStructure;
    }

    /** The table of the service whose classes are in {@code modelPackage}; without a table nothing is required. */
    static RequiredMembers of(String modelPackage) {
        String name = modelPackage.replaceFirst(".*\\.services\\.", "").replaceFirst("\\.model$", "");
        try (InputStream table = RequiredMembers.class.getResourceAsStream("required/" + name + ".txt")) {
            return new RequiredMembers(table == null ? Map.of() : parse(table));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Set<String>> parse(InputStream table) {
        Map<String, Set<String>> parsed = new HashMap<>();
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                .lines()
                .forEach(line -> {
                    String[] words = line.split(" ");
                    parsed.put(
                            key(words[0]),
                            Set.of(words).stream()
                                    .filter(word -> !word.equals(words[0]))
                                    .collect(java.util.stream.Collectors.toSet()));
                });
        return parsed;
    }

    private static String key(String structure) {
        return structure.toLowerCase(Locale.ROOT);
    }

    Map<String, Set<String>> byStructure() {
        return byStructure;
    }

    /** AWS's sentence for each missing member, in order; empty when nothing is missing. */
    List<String> missing(SdkPojo request) {
        List<String> missing = new ArrayList<>();
        if (!byStructure.isEmpty()) {
            structure(request, "", missing);
        }
        return missing;
    }

    private void structure(SdkPojo pojo, String path, List<String> missing) {
        Set<String> required = byStructure.getOrDefault(key(pojo.getClass().getSimpleName()), Set.of());
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            String at = path + lowerFirst(field.locationName());
            boolean absent = value == null || JsonCodec.isUnset(value);
            if (absent && required.contains(field.locationName())) {
                missing.add("Value null at '" + at + "' failed to satisfy constraint: Member must not be null");
            } else if (!absent) {
                inside(value, at, missing);
            }
        }
    }

    private void inside(Object value, String path, List<String> missing) {
        if (value instanceof SdkPojo pojo) {
            structure(pojo, path + ".", missing);
        } else if (value instanceof List<?> list) {
            int number = 0;
            for (Object element : list) {
                inside(element, path + "." + ++number + ".member", missing);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> inside(element, path + "." + key + ".member", missing));
        }
    }

    private static String lowerFirst(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
