package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Timeouts;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One resource in Pulumi's state format ({@code ResourceV3}): empty members are left out. */
final class ResourceJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Set<String> KNOWN = Set.of(
            "urn",
            "custom",
            "delete",
            "id",
            "type",
            "inputs",
            "outputs",
            "parent",
            "protect",
            "external",
            "dependencies",
            "initErrors",
            "provider",
            "propertyDependencies",
            "pendingReplacement",
            "additionalSecretOutputs",
            "aliases",
            "customTimeouts",
            "importID",
            "retainOnDelete",
            "deletedWith",
            "created",
            "modified",
            "sourcePosition",
            "stackTrace",
            "ignoreChanges",
            "hideDiff",
            "replaceOnChanges");

    private final Function<Urn, PropertyJson> properties;

    /** @param properties how the properties of a resource are written: its URN goes into the handling of its secrets */
    ResourceJson(Function<Urn, PropertyJson> properties) {
        this.properties = properties;
    }

    ObjectNode write(ResourceState state) {
        PropertyJson values = properties.apply(state.urn());
        ObjectNode node = JSON.objectNode();
        node.put("urn", state.urn().text()).put("custom", state.custom());
        flag(node, "delete", state.marks().delete());
        text(node, "id", state.id());
        node.put("type", state.type());
        if (!state.inputs().values().isEmpty()) {
            node.set("inputs", values.write(state.inputs()));
        }
        if (!state.outputs().values().isEmpty()) {
            node.set("outputs", values.write(state.outputs()));
        }
        text(node, "parent", state.links().parent());
        flag(node, "protect", state.marks().protect());
        flag(node, "external", state.marks().external());
        texts(node, "dependencies", state.links().dependencies());
        texts(node, "initErrors", state.initErrors());
        text(node, "provider", state.links().provider());
        writePropertyDependencies(node, state.links().propertyDependencies());
        flag(node, "pendingReplacement", state.marks().pendingReplacement());
        writeOptions(node, state);
        return node;
    }

    private static void writeOptions(ObjectNode node, ResourceState state) {
        Options options = state.options();
        texts(node, "additionalSecretOutputs", options.additionalSecretOutputs());
        if (!options.timeouts().equals(Timeouts.DEFAULT)) {
            node.set("customTimeouts", write(options.timeouts()));
        }
        text(node, "importID", options.importId());
        flag(node, "retainOnDelete", state.marks().retainOnDelete());
        text(node, "deletedWith", state.links().deletedWith());
        text(node, "created", state.times().created());
        text(node, "modified", state.times().modified());
        text(node, "sourcePosition", options.sourcePosition());
        texts(node, "ignoreChanges", options.ignoreChanges());
        texts(node, "hideDiff", options.hideDiff());
        texts(node, "replaceOnChanges", options.replaceOnChanges());
    }

    private static ObjectNode write(Timeouts timeouts) {
        ObjectNode node = JSON.objectNode();
        seconds(node, "create", timeouts.create());
        seconds(node, "update", timeouts.update());
        seconds(node, "delete", timeouts.delete());
        seconds(node, "read", timeouts.read());
        return node;
    }

    private static void seconds(ObjectNode node, String key, double value) {
        if (value != 0) {
            node.set(key, PropertyJson.clear().write(PropertyValue.of(value)));
        }
    }

    private static void writePropertyDependencies(ObjectNode node, Map<String, List<Urn>> dependencies) {
        if (!dependencies.isEmpty()) {
            ObjectNode all = node.putObject("propertyDependencies");
            new TreeMap<>(dependencies).forEach((property, urns) -> {
                var array = all.putArray(property);
                urns.forEach(urn -> array.add(urn.text()));
            });
        }
    }

    private static void flag(ObjectNode node, String key, boolean value) {
        if (value) {
            node.put(key, true);
        }
    }

    private static void text(ObjectNode node, String key, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            node.put(key, value.toString());
        }
    }

    private static void texts(ObjectNode node, String key, Collection<?> values) {
        if (!values.isEmpty()) {
            var array = node.putArray(key);
            values.forEach(value -> array.add(value.toString()));
        }
    }

    /** @throws StateException when a member is missing, malformed or not supported */
    ResourceState read(JsonNode node) {
        String name = node.path("urn").asText();
        try {
            return parse(node);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new StateException("The resource `" + name + "` of the state can't be read: " + e.getMessage(), e);
        }
    }

    private ResourceState parse(JsonNode node) {
        Urn urn = new Urn(node.path("urn").asText());
        refuseUnknown(urn, node);
        PropertyJson values = properties.apply(urn);
        return new ResourceState(
                urn,
                node.path("custom").asBoolean(),
                node.path("id").asText(),
                values.readMap(node.get("inputs")),
                values.readMap(node.get("outputs")),
                readLinks(node),
                new Marks(
                        node.path("delete").asBoolean(),
                        node.path("external").asBoolean(),
                        node.path("pendingReplacement").asBoolean(),
                        node.path("protect").asBoolean(),
                        node.path("retainOnDelete").asBoolean()),
                texts(node, "initErrors"),
                new Options(
                        texts(node, "additionalSecretOutputs"),
                        texts(node, "ignoreChanges"),
                        texts(node, "replaceOnChanges"),
                        texts(node, "hideDiff"),
                        readTimeouts(node.path("customTimeouts")),
                        textOrNull(node, "importID"),
                        textOrNull(node, "sourcePosition")),
                new Times(instant(node, "created"), instant(node, "modified")));
    }

    private static Links readLinks(JsonNode node) {
        Map<String, List<Urn>> byProperty = new TreeMap<>();
        node.path("propertyDependencies")
                .properties()
                .forEach(entry -> byProperty.put(entry.getKey(), urns(entry.getValue())));
        String parent = textOrNull(node, "parent");
        String deletedWith = textOrNull(node, "deletedWith");
        return new Links(
                parent == null ? null : new Urn(parent),
                urns(node.path("dependencies")),
                byProperty,
                textOrNull(node, "provider"),
                deletedWith == null ? null : new Urn(deletedWith));
    }

    private static Timeouts readTimeouts(JsonNode node) {
        return new Timeouts(
                node.path("create").asDouble(),
                node.path("update").asDouble(),
                node.path("delete").asDouble(),
                node.path("read").asDouble());
    }

    /** A member that changes how a resource must be treated can't be passed over: it would be lost at the next write. */
    private static void refuseUnknown(Urn urn, JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonNode value = member.getValue();
            boolean empty = value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.equals(JSON.booleanNode(false));
            if (!KNOWN.contains(member.getKey()) && !empty) {
                throw new StateException(
                        "The resource `" + urn + "` of the state uses `" + member.getKey()
                                + "`, which is not supported here. Remove that option with the engine that set it, then try again.");
            }
        }
    }

    private static List<Urn> urns(JsonNode array) {
        List<Urn> urns = new ArrayList<>();
        array.forEach(item -> urns.add(new Urn(item.asText())));
        return urns;
    }

    private static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        node.path(key).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static @Nullable String textOrNull(JsonNode node, String key) {
        String text = node.path(key).asText();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Instant instant(JsonNode node, String key) {
        String text = textOrNull(node, key);
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }
}
