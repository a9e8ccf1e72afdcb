package dev.slipway.provider.aws;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** Where a world is that may have to be started first. */
public interface Place {
    /** Where it is now; empty when it isn't there yet. */
    Optional<Location> now();

    /**
     * Where it is, started first when it isn't there yet. Asked when a provider is configured, never when a configuration is only checked.
     *
     * @throws dev.slipway.protocol.ProviderException when it can't be started
     */
    Location reach();

    /** A place that is there. */
    static Place at(Location location) {
        return new Place() {
            @Override
            public Optional<Location> now() {
                return Optional.of(location);
            }

            @Override
            public Location reach() {
                return location;
            }
        };
    }

    /**
     * @param uri where every AWS service of a world answers
     * @param serviceScheme the scheme of the URLs of what is deployed there
     */
    record Location(URI uri, String serviceScheme) {
        public Location {
            Objects.requireNonNull(serviceScheme, "serviceScheme is null");
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("an endpoint is a URI with scheme and host, not " + uri);
            }
        }

        /** A world whose services have its own scheme. */
        public static Location of(URI uri) {
            return new Location(uri, String.valueOf(uri.getScheme()));
        }
    }
}
