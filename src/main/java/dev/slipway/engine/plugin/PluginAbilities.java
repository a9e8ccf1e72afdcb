package dev.slipway.engine.plugin;

import com.google.protobuf.Struct;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.wire.StructCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plugin said that it understands. What it does not is sent to it in simpler words. */
record PluginAbilities(boolean secrets, boolean references, boolean previews) {
    /** Before it is configured: nothing but plain values. */
    static final PluginAbilities NONE = new PluginAbilities(false, false, false);

    Struct struct(PropertyMap map) {
        return StructCodec.toStruct((PropertyMap) simple(map));
    }

    private PropertyValue simple(PropertyValue value) {
        if (value instanceof PropertyValue.Secret secret) {
            PropertyValue inside = simple(secret.value());
            return secrets ? new PropertyValue.Secret(inside) : inside;
        }
        if (value instanceof PropertyValue.Reference reference && !references) {
            return reference
                    .id()
                    .orElseGet(() -> PropertyValue.of(reference.urn().text()));
        }
        if (value instanceof PropertyMap map) {
            Map<String, PropertyValue> members = new LinkedHashMap<>();
            map.values().forEach((key, member) -> members.put(key, simple(member)));
            return new PropertyMap(members);
        }
        if (value instanceof PropertyValue.ListOf list) {
            List<PropertyValue> items = new ArrayList<>();
            list.items().forEach(item -> items.add(simple(item)));
            return PropertyValue.of(items);
        }
        return value;
    }

    /** A plugin that was told no secrets answers in clear; what was secret stays so. */
    PropertyMap withSecretsOf(PropertyMap asked, PropertyMap answered) {
        if (secrets) {
            return answered;
        }
        PropertyMap marked = answered;
        for (Map.Entry<String, PropertyValue> entry : answered.values().entrySet()) {
            boolean secret =
                    asked.get(entry.getKey()).map(PropertyValue::containsSecret).orElse(false);
            if (secret && !entry.getValue().containsSecret()) {
                marked = marked.with(entry.getKey(), new PropertyValue.Secret(entry.getValue()));
            }
        }
        return marked;
    }

    /** A configuration value as a plugin of the first days takes it: a text, or JSON; empty for what has no such form. */
    static Optional<String> plain(PropertyValue value) {
        if (value instanceof PropertyValue.Secret secret) {
            return plain(secret.value());
        }
        if (value instanceof PropertyValue.Text text) {
            return Optional.of(text.value());
        }
        if (value instanceof PropertyValue.Bool bool) {
            return Optional.of(Boolean.toString(bool.value()));
        }
        if (value instanceof PropertyValue.Num number) {
            double amount = number.value();
            return Optional.of(amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount));
        }
        return Optional.empty();
    }
}
