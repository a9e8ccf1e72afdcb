package dev.slipway.cloud.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Names values in JSON: {@code $.user.roles[0]}, with {@code *} for every member or element. */
final class JsonField {
    private static final Pattern STEP = Pattern.compile("\\.([\\w-]+|\\*)|\\[([0-9]{1,9}|\\*)]");

    private final List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();

    private JsonField() {}

    static JsonField parse(String text) {
        JsonField field = new JsonField();
        Matcher step = STEP.matcher(text);
        int end = text.startsWith("$") ? 1 : text.length();
        while (step.find(end) && step.start() == end) {
            field.steps.add(step(step.group(1), step.group(2)));
            end = step.end();
        }
        if (field.steps.isEmpty() || end != text.length()) {
            throw FilterPattern.invalid();
        }
        return field;
    }

    private static Function<JsonNode, Stream<JsonNode>> step(@Nullable String member, @Nullable String element) {
        if ("*".equals(member) || "*".equals(element)) {
            return value -> StreamSupport.stream(value.spliterator(), false);
        }
        if (member != null) {
            return value -> Stream.ofNullable(value.get(member));
        }
        int index = Integer.parseInt(String.valueOf(element));
        return value -> Stream.ofNullable(value.get(index));
    }

    Stream<JsonNode> of(JsonNode root) {
        Stream<JsonNode> found = Stream.of(root);
        for (Function<JsonNode, Stream<JsonNode>> step : steps) {
            found = found.flatMap(step);
        }
        return found;
    }
}
