package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Which outputs are secrets, and how secrets are hidden from events. */
final class Secrecy {
    private static final PropertyValue HIDDEN = new PropertyValue.Secret(PropertyValue.of("[secret]"));

    private Secrecy() {}

    /** Outputs that the program named, and those whose input of the same name holds a secret, become secrets. */
    static PropertyMap spread(PropertyMap inputs, PropertyMap outputs, Collection<String> named) {
        var values = new LinkedHashMap<String, PropertyValue>();
        outputs.values().forEach((key, value) -> {
            boolean fromInput =
                    inputs.get(key).map(PropertyValue::containsSecret).orElse(false) && !value.containsSecret();
            boolean secret = named.contains(key) || fromInput;
            values.put(
                    key, secret && !(value instanceof PropertyValue.Unknown) ? new PropertyValue.Secret(value) : value);
        });
        return new PropertyMap(values);
    }

    static PropertyMap hide(PropertyMap map) {
        return map.containsSecret() ? (PropertyMap) hideIn(map) : map;
    }

    static ResourceState hide(ResourceState state) {
        boolean clear = !state.inputs().containsSecret() && !state.outputs().containsSecret();
        return clear ? state : state.withInputs(hide(state.inputs())).withOutputs(hide(state.outputs()));
    }

    private static PropertyValue hideIn(PropertyValue value) {
        if (value instanceof PropertyValue.Secret) {
            return HIDDEN;
        } else if (value instanceof PropertyMap map) {
            var values = new LinkedHashMap<String, PropertyValue>();
            map.values().forEach((key, inner) -> values.put(key, hideIn(inner)));
            return new PropertyMap(values);
        } else if (value instanceof PropertyValue.ListOf list) {
            List<PropertyValue> items =
                    list.items().stream().map(Secrecy::hideIn).toList();
            return PropertyValue.of(items);
        }
        return value;
    }

    /** The outputs that can be recorded without a passphrase. */
    static PropertyMap withoutSecrets(PropertyMap map) {
        var values = new LinkedHashMap<>(map.values());
        values.values().removeIf(PropertyValue::containsSecret);
        return new PropertyMap(values);
    }

    /** What a program is told: an output that is not known yet is left out whole. */
    static PropertyMap known(PropertyMap outputs) {
        if (!outputs.containsUnknown()) {
            return outputs;
        }
        var values = new LinkedHashMap<>(outputs.values());
        values.values().removeIf(PropertyValue::containsUnknown);
        return new PropertyMap(values);
    }
}
