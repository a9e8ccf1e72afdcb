package dev.slipway.provider.aws;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.remote.RegistryAddress;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.oci.remote.ResolvedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;

/** Asks ECR's registries with the provider's credentials, and the public gallery without any. */
final class RemoteImages implements ImageRegistry {
    private static final int MOST_CONFIG_BYTES = 4 << 20;

    private final AwsSettings settings;
    private final Clients clients;
    private final Map<String, RegistryClient> registries = new ConcurrentHashMap<>();

    RemoteImages(AwsSettings settings, Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    @Override
    public Answer look(ImageReference image) {
        try {
            RegistryAddress place = place(image);
            RegistryClient registry = registry(image, place);
            ResolvedImage found = registry.resolve(place.repository(), image.manifestReference());
            long bytes = found.manifest().layers().stream()
                    .mapToLong(Descriptor::size)
                    .sum();
            ImageConfig config =
                    config(registry, place.repository(), found.manifest().config());
            String platform = config.os() + "/" + config.architecture();
            return platform.equals("linux/amd64")
                    ? new Found(found.digest().toString(), bytes, config.exposedPorts())
                    : new Unusable(
                            "the image " + image + " is built for " + platform
                                    + ", and App Runner runs linux/amd64 only; build it with `--platform linux/amd64`",
                            true);
        } catch (RemoteFailure e) {
            return switch (e.kind()) {
                case NOT_FOUND ->
                    new Unusable(
                            "there is no " + image + "; push it, or correct the name (" + e.getMessage() + ")", false);
                case WRONG_PLATFORM -> new Unusable(String.valueOf(e.getMessage()), true);
                case UNAUTHORIZED, DENIED, UNREACHABLE, BAD_CONTENT -> new Unknown(String.valueOf(e.getMessage()));
            };
        } catch (SdkException e) {
            return new Unknown(AwsErrors.words(e, settings.where()));
        } catch (IOException | IllegalArgumentException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> digest(ImageReference image) {
        try {
            RegistryAddress place = place(image);
            return Optional.of(registry(image, place)
                    .head(place.repository(), image.manifestReference())
                    .toString());
        } catch (RemoteFailure | SdkException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private RegistryAddress place(ImageReference image) {
        return settings.endpoint()
                .map(endpoint -> RegistryAddress.on(endpoint.uri(), image))
                .orElseGet(() -> RegistryAddress.of(image));
    }

    private RegistryClient registry(ImageReference image, RegistryAddress place) {
        boolean open = image.source() == ImageSource.ECR_PUBLIC || image.region() == null;
        return registries.computeIfAbsent(
                place.registry() + " " + image.region(),
                key -> RegistryClient.of(
                        place.registry(),
                        open ? RegistryAuth.anonymous() : login(clients.ecr(String.valueOf(image.region())))));
    }

    /** A token of ECR is good for every registry of its region that the credentials may pull from. */
    private static RegistryAuth login(EcrClient ecr) {
        String token = ecr.getAuthorizationToken(
                        GetAuthorizationTokenRequest.builder().build())
                .authorizationData()
                .get(0)
                .authorizationToken();
        String[] userAndPassword = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
        return RegistryAuth.basic(userAndPassword[0], userAndPassword[1]);
    }

    private static ImageConfig config(RegistryClient registry, String repository, Descriptor config)
            throws IOException {
        try (InputStream blob = registry.blob(repository, config)) {
            return ImageConfig.parse(blob.readNBytes(MOST_CONFIG_BYTES));
        }
    }
}
