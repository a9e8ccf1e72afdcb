package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ImagePuller.PullRequest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.remote.RegistryAddress;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.oci.remote.ResolvedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Pulls over HTTP from the local cloud's own registry: from Amazon ECR as the access role, from the public gallery as nobody. */
public final class RegistryImagePuller implements ImagePuller {
    private final RoleAssumer roles;
    private final Supplier<URI> registry;
    private final ImageCopies copies;

    /**
     * @param registry where the registry is, asked for at each pull
     * @param directory for App Runner's copies of images; its own
     */
    public RegistryImagePuller(RoleAssumer roles, Supplier<URI> registry, Path directory) {
        this.roles = roles;
        this.registry = registry;
        this.copies = new ImageCopies(directory);
    }

    @Override
    public PulledImage pull(PullRequest request) throws PullFailure {
        ImageReference image = ImageReference.parse(request.image());
        RegistryAddress address = RegistryAddress.on(registry.get(), image);
        RegistryClient client =
                RegistryClient.of(address.registry(), login(image, request)).calling(image.name());
        try {
            ResolvedImage resolved = client.resolve(address.repository(), image.manifestReference());
            PulledImage copy = copies.copy(
                    resolved.manifestDigest(),
                    resolved.manifest(),
                    resolved.bytes(),
                    client.blobs(address.repository()));
            checkPlatform(image, copy.config());
            return copy;
        } catch (RemoteFailure e) {
            throw new PullFailure(e.getMessage() + pulledAs(e, request), e);
        } catch (IOException e) {
            throw new PullFailure("could not copy the image " + image + ": " + e.getMessage(), e);
        }
    }

    private RegistryAuth login(ImageReference image, PullRequest request) throws PullFailure {
        if (image.source() == ImageSource.ECR_PUBLIC) {
            return RegistryAuth.anonymous();
        }
        if (request.accessRoleArn().isEmpty()) {
            throw new PullFailure("the service has no access role, but the image " + image + " is in Amazon ECR;"
                    + " give it one that " + ServiceApi.BUILD_PRINCIPAL + " may assume");
        }
        String role = request.accessRoleArn().get();
        try {
            Caller session = roles.assume(ServiceApi.BUILD_PRINCIPAL, role, request.serviceArn());
            return RegistryAuth.basic("AWS", roles.registryPassword(session, String.valueOf(image.region())));
        } catch (AwsException e) {
            throw new PullFailure(
                    "Invalid Access Role in AuthenticationConfiguration. " + role + ": " + e.getMessage(), e);
        }
    }

    /** The registry's denial names the role's session; this names the role itself. */
    private static String pulledAs(RemoteFailure failure, PullRequest request) {
        boolean denied =
                failure.kind() == RemoteFailure.Kind.DENIED || failure.kind() == RemoteFailure.Kind.UNAUTHORIZED;
        return denied && request.accessRoleArn().isPresent()
                ? " (pulled as the access role " + request.accessRoleArn().get() + ")"
                : "";
    }

    private static void checkPlatform(ImageReference image, ImageConfig config) throws PullFailure {
        boolean fits = config.os().equals("linux") && config.architecture().equals("amd64");
        if (!fits) {
            throw new PullFailure("the image " + image + " is built for " + config.os() + "/" + config.architecture()
                    + ", but App Runner runs linux/amd64 only; build it with `--platform linux/amd64`");
        }
    }

    @Override
    public Optional<PulledImage> stored(Digest digest) {
        return copies.find(digest);
    }

    @Override
    public List<PulledImage> retain(Collection<Digest> inUse, int mostIdle, long mostIdleBytes) {
        return copies.retain(inUse, mostIdle, mostIdleBytes);
    }
}
