package dev.slipway.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One step of the tour, a JSON line. What a line may say:
 *
 * <ul>
 *   <li>{@code is}: what it shows, for people; {@code service}, {@code call}, {@code with}: the call. {@code ${name}} stands for something kept.
 *   <li>{@code as}: who calls ({@code root} when absent); {@code region} ({@code us-east-1} when absent)
 *   <li>{@code expect}: paths of the answer and what is there; {@code absent}: paths where nothing is
 *   <li>{@code fails}: {@code code}, {@code status} and a part of the {@code message} of the error instead of an answer
 *   <li>{@code until}: paths and values; the call is repeated until the answer has them
 *   <li>{@code keep}: names for parts of the answer; {@code become}: a caller made of {@code id}, {@code secret} and {@code token}, which are paths
 *   <li>{@code refusedBy}: clients that do not send such a call
 * </ul>
 *
 * @param place file and line
 */
record Step(String place, ObjectNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WORDS = Set.of(
            "is",
            "as",
            "region",
            "service",
            "call",
            "with",
            "expect",
            "absent",
            "fails",
            "until",
            "keep",
            "become",
            "refusedBy");

    Step {
        Set<String> unknown = new HashSet<>();
        line.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(WORDS);
        if (!unknown.isEmpty() || !line.has("service") || !line.has("call")) {
            throw new IllegalArgumentException(place + " is no step; unknown words: " + unknown);
        }
    }

    /** The steps of a file beside this class; empty lines and lines that begin with {@code #} are for people. */
    static List<Step> read(String file) {
        List<Step> steps = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(Step.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    steps.add(new Step(file + ":" + number, (ObjectNode) JSON.readTree(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
        return steps;
    }

    String title() {
        return place + " " + service() + " " + call() + (line.has("is") ? ": " + word("is", "") : "");
    }

    String service() {
        return line.get("service").textValue();
    }

    String call() {
        return line.get("call").textValue();
    }

    String word(String name, String otherwise) {
        return line.has(name) ? line.get(name).textValue() : otherwise;
    }

    ObjectNode object(String name) {
        return line.has(name) ? (ObjectNode) line.get(name) : JSON.createObjectNode();
    }

    Map<String, String> words(String name) {
        Map<String, String> words = new LinkedHashMap<>();
        object(name)
                .properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue().textValue()));
        return words;
    }

    List<String> list(String name) {
        List<String> list = new ArrayList<>();
        line.path(name).forEach(element -> list.add(element.textValue()));
        return list;
    }

    boolean fails() {
        return line.has("fails");
    }

    /** The part of an answer at a path such as {@code Roles.0.RoleName}; a missing node when there is none. */
    static JsonNode at(JsonNode answer, String path) {
        JsonNode node = answer;
        for (String part : path.split("\\.")) {
            node = part.matches("[0-9]+") ? node.path(Integer.parseInt(part)) : node.path(part);
        }
        return node;
    }
}
