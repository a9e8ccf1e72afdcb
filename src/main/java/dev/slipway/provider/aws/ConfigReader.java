package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Decoded;
import dev.slipway.provider.DidYouMean;
import dev.slipway.provider.RecordCodec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;

/** Validates the configuration and finds out what it means; touches no network. */
final class ConfigReader {
    private static final RecordCodec<ConfigInputs> CODEC = RecordCodec.of(ConfigInputs.class);
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]+");
    private static final Pattern ROLE = Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+");
    private static final String FALLBACK_REGION = "us-east-1";

    /** Pulumi's own keys, which it sends to every provider. */
    private static final List<String> OF_PULUMI = List.of("version", "pluginDownloadURL");

    private final ProviderEnvironment environment;

    ConfigReader(ProviderEnvironment environment) {
        this.environment = environment;
    }

    CheckResponse check(PropertyMap news) {
        Decoded<ConfigInputs> decoded = decode(news);
        ConfigInputs config = decoded.value();
        var failures = new ArrayList<>(decoded.failures());
        if (config == null) {
            return new CheckResponse(news, failures);
        }
        boolean endpointKnown = !unknown(decoded, "endpoint");
        Optional<NamedEndpoint> endpoint = Optional.empty();
        if (endpointKnown) {
            endpoint = endpoint(config, failures);
            news = withDefault(news, "endpoint", config.endpoint(), environment.defaultEndpoint());
        }
        if (!unknown(decoded, "region")) {
            Optional<String> region = region(config, endpoint.isPresent() || !endpointKnown, failures);
            if (region.isPresent()) {
                news = withDefault(news, "region", config.region(), region.get());
            }
        }
        boolean credentialsKnown =
                !unknown(decoded, "accessKey") && !unknown(decoded, "secretKey") && !unknown(decoded, "profile");
        if (endpointKnown && credentialsKnown) {
            checkCredentials(config, endpoint, failures);
        }
        if (!unknown(decoded, "assumeRoleArn")) {
            checkRole(config, failures);
        }
        return new CheckResponse(news, failures);
    }

    /**
     * Reads a checked configuration.
     *
     * @throws ProviderException with every mistake
     */
    AwsSettings settings(PropertyMap config) {
        CheckResponse checked = check(config);
        if (!checked.failures().isEmpty()) {
            throw new ProviderException("the configuration of the slipway provider is wrong:\n"
                    + checked.failures().stream()
                            .map(failure -> "  slipway:" + failure.path() + ": " + failure.reason())
                            .collect(Collectors.joining("\n")));
        }
        ConfigInputs known = decode(checked.inputs()).value();
        if (known == null || known.region() == null) {
            throw new ProviderException("the configuration of the slipway provider is not known yet");
        }
        Optional<NamedEndpoint> endpoint = endpoint(known, new ArrayList<>());
        String accessKey = known.accessKey();
        String secretKey = known.secretKey();
        if (accessKey == null && known.profile() == null) {
            accessKey = endpoint.flatMap(NamedEndpoint::defaultAccessKey).orElse(null);
        }
        if (accessKey != null && secretKey == null) {
            secretKey = endpoint.flatMap(NamedEndpoint::defaultSecretKey).orElse("");
        }
        return new AwsSettings(
                endpoint,
                known.region(),
                accessKey,
                secretKey,
                known.sessionToken(),
                known.profile(),
                known.assumeRoleArn(),
                known.assumeRoleExternalId());
    }

    private static Decoded<ConfigInputs> decode(PropertyMap config) {
        for (String key : OF_PULUMI) {
            config = config.without(key);
        }
        return CODEC.decode(config);
    }

    private Optional<NamedEndpoint> endpoint(ConfigInputs config, List<CheckFailure> failures) {
        String name = config.endpoint() == null ? environment.defaultEndpoint() : config.endpoint();
        if (name.equals(ProviderEnvironment.AWS)) {
            return Optional.empty();
        }
        NamedEndpoint named = environment.endpoints().get(name);
        if (named != null) {
            return Optional.of(named);
        }
        if (name.startsWith("http://") || name.startsWith("https://")) {
            return byUri(name, failures);
        }
        var names = new TreeSet<>(environment.endpoints().keySet());
        names.add(ProviderEnvironment.AWS);
        String hint = DidYouMean.nearest(name, names)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
        fail(
                failures,
                "endpoint",
                "`" + name + "` is no endpoint: expected " + String.join(", ", names)
                        + ", or a URL that starts with http:// or https://" + hint);
        return Optional.empty();
    }

    private Optional<NamedEndpoint> byUri(String text, List<CheckFailure> failures) {
        try {
            URI uri = URI.create(text);
            return Optional.of(environment.endpoints().values().stream()
                    .filter(known -> known.isAt(uri))
                    .findFirst()
                    .orElseGet(() -> NamedEndpoint.of(uri)));
        } catch (IllegalArgumentException e) {
            fail(failures, "endpoint", "`" + text + "` is no URL; expected one like https://host:port");
            return Optional.empty();
        }
    }

    private Optional<String> region(ConfigInputs config, boolean hasFallback, List<CheckFailure> failures) {
        String region = config.region();
        if (region == null) {
            region = environment.environmentVariables().get(ConfigInputs.REGION_VARIABLE);
        }
        if (region == null) {
            region = environment.environmentVariables().get(ConfigInputs.OTHER_REGION_VARIABLE);
        }
        if (region == null && !hasFallback) {
            region = regionOfProfile(config);
        }
        if (region == null && hasFallback) {
            region = FALLBACK_REGION;
        }
        if (region == null) {
            fail(failures, "region", "no region: set slipway:region (for example us-east-1) or AWS_REGION");
        } else if (!REGION.matcher(region).matches()) {
            fail(failures, "region", "`" + region + "` is no AWS region; expected one like us-east-1");
        }
        return Optional.ofNullable(region);
    }

    private @Nullable String regionOfProfile(ConfigInputs config) {
        String profile =
                config.profile() == null ? environment.environmentVariables().get("AWS_PROFILE") : config.profile();
        if (profile == null) {
            return null;
        }
        try {
            return new AwsProfileRegionProvider(null, profile).getRegion().id();
        } catch (SdkClientException e) {
            return null;
        }
    }

    private static void checkCredentials(
            ConfigInputs config, Optional<NamedEndpoint> endpoint, List<CheckFailure> failures) {
        if (config.accessKey() == null) {
            if (config.secretKey() != null) {
                fail(failures, "accessKey", "slipway:secretKey is set, so slipway:accessKey must be too");
            } else if (config.sessionToken() != null) {
                fail(failures, "accessKey", "slipway:sessionToken is set, so slipway:accessKey must be too");
            }
            return;
        }
        boolean hasSecret = config.secretKey() != null
                || endpoint.flatMap(NamedEndpoint::defaultSecretKey).isPresent();
        if (!hasSecret) {
            fail(failures, "secretKey", "slipway:accessKey is set, so slipway:secretKey must be too");
        }
        if (config.profile() != null) {
            fail(failures, "profile", "set either slipway:profile or slipway:accessKey, not both");
        }
    }

    private static void checkRole(ConfigInputs config, List<CheckFailure> failures) {
        String role = config.assumeRoleArn();
        if (role == null && config.assumeRoleExternalId() != null) {
            fail(
                    failures,
                    "assumeRoleExternalId",
                    "slipway:assumeRoleExternalId is of use only with slipway:assumeRoleArn");
        } else if (role != null && !ROLE.matcher(role).matches()) {
            fail(failures, "assumeRoleArn", "`" + role + "` is no role: expected arn:aws:iam::ACCOUNT:role/NAME");
        }
    }

    private static PropertyMap withDefault(
            PropertyMap config, String key, @Nullable String given, String defaultValue) {
        return given == null ? config.with(key, PropertyValue.of(defaultValue)) : config;
    }

    private static boolean unknown(Decoded<?> decoded, String key) {
        return decoded.unknown().contains(PropertyPath.of(key));
    }

    private static void fail(List<CheckFailure> failures, String key, String reason) {
        failures.add(new CheckFailure(PropertyPath.of(key), reason));
    }
}
