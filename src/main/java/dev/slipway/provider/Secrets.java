package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Keeps secrets secret on their way through a provider: an output is as secret as the input of the same name. */
final class Secrets {
    /** A shorter text stands in a message by chance. */
    private static final int SHORTEST = 4;

    private Secrets() {}

    /** {@code outputs} with every value hidden that stands where {@code inputs} has a secret. */
    static PropertyMap carry(PropertyMap inputs, PropertyMap outputs) {
        var hidden = new LinkedHashMap<String, PropertyValue>();
        outputs.values()
                .forEach((name, value) -> hidden.put(
                        name, inputs.get(name).map(input -> carry(input, value)).orElse(value)));
        return new PropertyMap(hidden);
    }

    private static PropertyValue carry(PropertyValue input, PropertyValue output) {
        if (!input.containsSecret()) {
            return output;
        }
        if (input instanceof PropertyMap inputs && output instanceof PropertyMap outputs) {
            return carry(inputs, outputs);
        }
        if (input instanceof PropertyValue.ListOf inputs
                && output instanceof PropertyValue.ListOf outputs
                && inputs.items().size() == outputs.items().size()) {
            var items = new ArrayList<PropertyValue>();
            for (int i = 0; i < outputs.items().size(); i++) {
                items.add(carry(inputs.items().get(i), outputs.items().get(i)));
            }
            return PropertyValue.of(items);
        }
        return new PropertyValue.Secret(output);
    }

    /** {@code text} without the secrets of these inputs: a log that is shown may have printed one. */
    static String redact(PropertyMap inputs, String text) {
        var secrets = new ArrayList<String>();
        inputs.values().values().forEach(value -> collect(value, false, secrets));
        String clean = text;
        for (String secret : secrets) {
            clean = secret.length() < SHORTEST ? clean : clean.replace(secret, "[secret]");
        }
        return clean;
    }

    private static void collect(PropertyValue value, boolean secret, List<String> secrets) {
        if (value instanceof PropertyValue.Secret hidden) {
            collect(hidden.value(), true, secrets);
        } else if (value instanceof PropertyMap map) {
            map.values().values().forEach(inner -> collect(inner, secret, secrets));
        } else if (value instanceof PropertyValue.ListOf list) {
            list.items().forEach(inner -> collect(inner, secret, secrets));
        } else if (value instanceof PropertyValue.Text text && secret) {
            secrets.add(text.value());
        }
    }
}
