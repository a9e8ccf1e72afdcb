package dev.slipway.stack;

import com.pulumi.core.Output;

/** A configured value, and whether it must stay a secret on its way into a resource. */
record ConfigValue<T>(T value, boolean secret) {
    Output<T> output() {
        return secret ? Output.ofSecret(value) : Output.of(value);
    }

    @Override
    public String toString() {
        return secret ? "[secret]" : value.toString();
    }
}
