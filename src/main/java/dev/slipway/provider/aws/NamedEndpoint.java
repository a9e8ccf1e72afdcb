package dev.slipway.provider.aws;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A world that speaks the AWS protocols and has a name in the configuration ({@code slipway:endpoint}).
 *
 * @param uri where every AWS service of it answers
 * @param defaultAccessKey the access key when the configuration has none; empty: the SDK's own search for credentials
 * @param defaultSecretKey the secret of an access key that is configured without one; empty: a secret is required
 * @param serviceScheme the scheme of the URLs of what is deployed there
 */
public record NamedEndpoint(
        URI uri, Optional<String> defaultAccessKey, Optional<String> defaultSecretKey, String serviceScheme) {
    public NamedEndpoint {
        Objects.requireNonNull(uri, "uri is null");
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("an endpoint is a URI with scheme and host, not " + uri);
        }
    }

    /** An endpoint whose services have its own scheme. */
    public NamedEndpoint(URI uri, Optional<String> defaultAccessKey, Optional<String> defaultSecretKey) {
        this(uri, defaultAccessKey, defaultSecretKey, String.valueOf(uri.getScheme()));
    }

    /** An endpoint without credentials of its own. */
    public static NamedEndpoint of(URI uri) {
        return new NamedEndpoint(uri, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
