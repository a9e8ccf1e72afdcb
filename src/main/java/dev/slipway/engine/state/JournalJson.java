package dev.slipway.engine.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of a journal, and how they are played again over the snapshot they began from. */
final class JournalJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int VERSION = 1;

    private final StackSecrets secrets;
    private final ResourceJson codec;

    JournalJson(StackSecrets secrets) {
        this.secrets = secrets;
        this.codec = SnapshotJson.encrypted(secrets);
    }

    String header(String base) {
        return line(JSON.objectNode().put("journal", VERSION).put("base", base));
    }

    String begin(long number, PendingOperation operation) {
        ObjectNode node = JSON.objectNode().put("begin", number);
        node.set("operation", SnapshotJson.write(operation, codec));
        return line(node);
    }

    String end(long number, Change change) {
        return line(write(JSON.objectNode().put("end", number), change));
    }

    String change(Change change) {
        return line(write(JSON.objectNode(), change));
    }

    String folding(String digest) {
        return line(JSON.objectNode().put("fold", digest));
    }

    /** The salt goes with every line: the first secret may come at any of them, and a line may be the last one that is whole. */
    private String line(ObjectNode node) {
        secrets.state().ifPresent(salt -> node.put("salt", salt));
        return node.toString();
    }

    private ObjectNode write(ObjectNode node, Change change) {
        numbers(node, "remove", change.remove());
        if (!change.set().isEmpty()) {
            ObjectNode set = node.putObject("set");
            change.set().forEach((key, state) -> set.set(Integer.toString(key), codec.write(state)));
        }
        numbers(node, "move", change.move());
        if (change.put() != null) {
            node.put("key", change.key()).put("declared", change.declared()).set("put", codec.write(change.put()));
        }
        if (!change.rename().isEmpty()) {
            ObjectNode rename = node.putObject("rename");
            change.rename().forEach((old, young) -> rename.put(old.text(), young.text()));
        }
        numbers(node, "settle", change.settle());
        return node;
    }

    private static void numbers(ObjectNode node, String key, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            var array = node.putArray(key);
            numbers.forEach(array::add);
        }
    }

    /** What the first line says of the snapshot that the journal began from; empty when not even that line is whole. */
    static Optional<String> base(List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : parse(lines.get(0)).map(node -> node.path("base").asText());
    }

    /** The lines without a last one that a dying process left unfinished. */
    static List<String> whole(List<String> lines) {
        boolean torn = !lines.isEmpty() && parse(lines.get(lines.size() - 1)).isEmpty();
        return torn ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** The digest of the snapshot that took the journal in; empty when it was not about to be. */
    static Optional<String> folded(List<String> lines) {
        return lines.stream()
                .skip(Math.max(0, lines.size() - 1))
                .flatMap(line -> parse(line).stream())
                .filter(node -> node.has("fold"))
                .map(node -> node.get("fold").asText())
                .findFirst();
    }

    /**
     * Plays the entries over the ledger. A last line that is not whole is what a dying process leaves: it never took effect.
     *
     * @throws StateException when another line is not whole
     */
    void replay(List<String> lines, Ledger ledger, String where) {
        for (int i = 1; i < lines.size(); i++) {
            Optional<JsonNode> node = parse(lines.get(i));
            if (node.isEmpty() && i < lines.size() - 1) {
                throw new StateException(where + " is damaged at line " + (i + 1) + " of " + lines.size() + ".");
            }
            node.ifPresent(entry -> replay(entry, ledger));
        }
    }

    private void replay(JsonNode entry, Ledger ledger) {
        if (entry.has("salt")) {
            secrets.adopt(entry.get("salt").asText());
        }
        if (entry.has("begin")) {
            ledger.begun(entry.get("begin").asLong(), SnapshotJson.readPending(entry.path("operation"), codec));
        } else if (entry.has("end")) {
            ledger.ended(entry.get("end").asLong(), readChange(entry));
        } else if (!entry.has("fold")) {
            ledger.apply(readChange(entry));
        }
    }

    private Change readChange(JsonNode entry) {
        Map<Integer, ResourceState> set = new HashMap<>();
        entry.path("set")
                .properties()
                .forEach(member -> set.put(Integer.valueOf(member.getKey()), codec.read(member.getValue())));
        Map<Urn, Urn> rename = new HashMap<>();
        entry.path("rename")
                .properties()
                .forEach(member -> rename.put(
                        new Urn(member.getKey()), new Urn(member.getValue().asText())));
        return new Change(
                numbers(entry, "remove"),
                set,
                numbers(entry, "move"),
                entry.has("put") ? codec.read(entry.get("put")) : null,
                entry.path("key").asInt(-1),
                entry.path("declared").asBoolean(true),
                rename,
                numbers(entry, "settle"));
    }

    private static List<Integer> numbers(JsonNode entry, String key) {
        List<Integer> numbers = new ArrayList<>();
        entry.path(key).forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.ofNullable(PropertyJson.MAPPER.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
