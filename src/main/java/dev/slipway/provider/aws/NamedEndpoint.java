package dev.slipway.provider.aws;

import java.net.URI;
import java.util.Optional;

/**
 * A world that speaks the AWS protocols and has a name in the configuration ({@code slipway:endpoint}).
 *
 * @param defaultAccessKey the access key when the configuration has none; empty: the SDK's own search for credentials
 * @param defaultSecretKey the secret of an access key that is configured without one; empty: a secret is required
 */
public record NamedEndpoint(Place place, Optional<String> defaultAccessKey, Optional<String> defaultSecretKey) {
    /** An endpoint that is there already and whose services have its own scheme. */
    public NamedEndpoint(URI uri, Optional<String> defaultAccessKey, Optional<String> defaultSecretKey) {
        this(Place.at(Place.Location.of(uri)), defaultAccessKey, defaultSecretKey);
    }

    /** An endpoint without credentials of its own. */
    public static NamedEndpoint of(URI uri) {
        return new NamedEndpoint(uri, Optional.empty(), Optional.empty());
    }

    /** Whether this world is known to answer at {@code uri}. */
    boolean isAt(URI uri) {
        return place.now().filter(location -> location.uri().equals(uri)).isPresent();
    }

    URI uri() {
        return place.reach().uri();
    }

    String serviceScheme() {
        return place.reach().serviceScheme();
    }
}
