package dev.slipway.protocol;

import java.util.Optional;

/** Finds the provider of a package; the first name in a type token ({@code slipway:index:Service} is of package {@code slipway}). */
public interface ProviderLoader {
    /** A new, not yet configured provider; empty when nothing provides this package. */
    Optional<ResourceProvider> load(String packageName, ProviderHost host);
}
