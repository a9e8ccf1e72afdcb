package dev.slipway.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tour's own calls with one thing wrong: these get past the first checks. */
final class AlmostRight {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> KEPT = Map.of(
            "account", "100000000001",
            "other", "200000000001",
            "reader", "arn:aws:iam::100000000001:role/reader",
            "pull", "arn:aws:iam::100000000001:policy/pull",
            "repository", "arn:aws:ecr:us-east-1:100000000001:repository/team/app");

    private record Call(Operation operation, ObjectNode with) {}

    private final List<Call> calls = new ArrayList<>();

    AlmostRight() {
        for (String part : List.of("sts", "iam", "ecr", "ecr-public", "apprunner", "logs", "secrets")) {
            lines(part).filter(line -> line.startsWith("{")).forEach(this::add);
        }
    }

    private static java.util.stream.Stream<String> lines(String part) {
        try (InputStream file = AlmostRight.class.getResourceAsStream("/dev/slipway/tour/" + part + ".jsonl")) {
            return file == null
                    ? java.util.stream.Stream.empty()
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        try {
            // No service of these calls comes to life: containers are not what is tested here.
            String filled = line.replace(
                    "public.ecr.aws/slipway/hello:latest", "${account}.dkr.ecr.us-east-1.amazonaws.com/none:1");
            for (Map.Entry<String, String> kept : KEPT.entrySet()) {
                filled = filled.replace("${" + kept.getKey() + "}", kept.getValue());
            }
            JsonNode step = JSON.readTree(filled);
            Operation.ALL.stream()
                    .filter(operation ->
                            operation.service().equals(step.path("service").asText())
                                    && operation.name().equals(step.path("call").asText()))
                    .forEach(operation -> calls.add(new Call(
                            operation, step.has("with") ? (ObjectNode) step.get("with") : JSON.createObjectNode())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operation of one of the calls, and its body with one member replaced, dropped or doubled. */
    Map.Entry<Operation, String> next(Hostile hostile) {
        Call call = hostile.of(calls);
        ObjectNode with = call.with().deepCopy();
        List<Runnable> changes = new ArrayList<>();
        changes(with, hostile, changes);
        if (!changes.isEmpty() && !hostile.oneIn(8)) {
            hostile.of(changes).run();
        }
        return Map.entry(call.operation(), call.operation().isQuery() ? form(call.operation(), with) : with.toString());
    }

    private static void changes(JsonNode node, Hostile hostile, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                changes.add(() -> object.set(entry.getKey(), other(entry.getValue(), hostile)));
                changes.add(() -> object.set(entry.getKey(), other(entry.getValue(), hostile)));
                changes.add(() -> object.remove(entry.getKey()));
                changes(entry.getValue(), hostile, changes);
            });
        } else if (node instanceof ArrayNode array) {
            changes.add(() -> array.add(array.isEmpty() ? TextNode.valueOf("x") : array.get(0)));
            changes.add(array::removeAll);
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, other(array.get(at), hostile)));
                changes(array.get(i), hostile, changes);
            }
        }
    }

    private static JsonNode other(JsonNode given, Hostile hostile) {
        if (given.isNumber()) {
            return JSON.getNodeFactory()
                    .numberNode(
                            hostile.oneIn(2)
                                    ? hostile.random().nextInt()
                                    : hostile.random().nextInt(20) - 1);
        }
        if (given.isTextual() && hostile.oneIn(2)) {
            byte[] bitten = hostile.bitten(given.textValue().getBytes(StandardCharsets.UTF_8));
            return TextNode.valueOf(new String(bitten, StandardCharsets.UTF_8));
        }
        return TextNode.valueOf(hostile.text());
    }

    private static String form(Operation operation, ObjectNode with) {
        List<String> pairs = new ArrayList<>(List.of("Action=" + operation.name(), "Version=" + operation.version()));
        flatten(with, "", pairs);
        return String.join("&", pairs);
    }

    private static void flatten(JsonNode node, String name, List<String> pairs) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> flatten(
                            entry.getValue(), name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), pairs));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                flatten(array.get(i), name + ".member." + (i + 1), pairs);
            }
        } else {
            pairs.add(name + "=" + RandomCalls.encoded(node.asText()));
        }
    }
}
