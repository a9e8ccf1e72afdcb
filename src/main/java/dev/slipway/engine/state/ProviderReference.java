package dev.slipway.engine.state;

import dev.slipway.property.Urn;

/** How a resource names its provider: {@code URN::ID}. */
public record ProviderReference(Urn urn, String id) {
    /** @throws IllegalArgumentException when the text is no {@code URN::ID} */
    public static ProviderReference parse(String text) {
        int end = text.lastIndexOf("::");
        if (end < 0) {
            throw new IllegalArgumentException("expected a provider reference URN::ID, got `" + text + "`");
        }
        return new ProviderReference(new Urn(text.substring(0, end)), text.substring(end + 2));
    }

    static Urn urnOf(String text) {
        return parse(text).urn();
    }

    @Override
    public String toString() {
        return urn + "::" + id;
    }
}
