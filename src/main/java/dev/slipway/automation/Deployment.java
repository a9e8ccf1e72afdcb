package dev.slipway.automation;

import dev.slipway.engine.OperationResult;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended that did what it was to do.
 *
 * @param outputs what the program exported, as Java's own values (String, Double, Boolean, List, Map, null); secrets are in clear, and what a
 *     preview can't know is absent
 * @param changes how many resources were (in a preview: would be) made, changed and so on, by Pulumi's words ({@code create}, {@code update},
 *     {@code delete}, {@code replace}, {@code same}, …)
 * @param messages what the program, the provider and the engine said
 */
public record Deployment(
        Map<String, @Nullable Object> outputs, Map<String, Integer> changes, List<String> messages, Duration took) {
    public Deployment {
        changes = Map.copyOf(changes);
        messages = List.copyOf(messages);
    }

    static Deployment of(OperationResult result, List<String> messages) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        result.outputs().values().forEach((name, value) -> {
            if (!(value.reveal() instanceof PropertyValue.Unknown)) {
                outputs.put(name, plain(value));
            }
        });
        Map<String, Integer> changes = new TreeMap<>();
        result.counts().forEach((op, count) -> changes.put(op.text(), count));
        return new Deployment(outputs, changes, messages, result.took());
    }

    /**
     * A text output.
     *
     * @throws NoSuchElementException when the program exported none of this name, naming those that there are
     */
    public String output(String name) {
        Object value = outputs.get(name);
        if (value == null) {
            throw new NoSuchElementException("there is no output `" + name + "`; there are: " + outputs.keySet());
        }
        return value.toString();
    }

    /** Whether anything was, or would be, made, changed or removed. */
    public boolean changed() {
        return changes.entrySet().stream()
                .anyMatch(change -> change.getValue() > 0
                        && !List.of("same", "read", "refresh").contains(change.getKey()));
    }

    private static @Nullable Object plain(PropertyValue value) {
        if (value instanceof PropertyValue.Secret secret) {
            return plain(secret.value());
        }
        if (value instanceof PropertyValue.Text text) {
            return text.value();
        }
        if (value instanceof PropertyValue.Num number) {
            return number.value();
        }
        if (value instanceof PropertyValue.Bool bool) {
            return bool.value();
        }
        if (value instanceof PropertyValue.ListOf list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof PropertyMap map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.values().forEach((key, member) -> members.put(key, plain(member)));
            return members;
        }
        if (value instanceof PropertyValue.Reference reference) {
            return reference.urn().text();
        }
        return null;
    }

    /** Without the outputs' values, which may be secret. */
    @Override
    public String toString() {
        return "Deployment" + new TreeMap<>(changes) + " with the outputs " + outputs.keySet() + " in " + took;
    }
}
