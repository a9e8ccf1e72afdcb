package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryAuthorizer;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryDirectory;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.oci.remote.RegistryClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The ECR and ECR Public APIs, and what the registry needs of them: which repositories there are and who may do what. */
public final class Ecr {
    /**
     * @param authorizer decides registry pulls and pushes
     * @param realGallery where gallery images come from that are not here; empty for a cloud without a network
     * @param random makes login passwords; must not be predictable
     * @param endpoint scheme, host and port of this cloud; asked when it runs
     */
    public record Parts(
            Store store,
            RegistryContent content,
            PrincipalDirectory principals,
            Authorizer authorizer,
            Optional<RegistryClient> realGallery,
            InstantSource clock,
            RandomGenerator random,
            Supplier<URI> endpoint) {}

    public Ecr(Parts parts) {}

    /** Amazon ECR. */
    public AwsService service() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Amazon ECR Public. */
    public AwsService publicService() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** For the registry: the private repositories, and the gallery's. */
    public RepositoryDirectory repositories() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** For the registry: login passwords, policies of callers and of repositories; the gallery is open to all. */
    public RegistryAuthorizer registryAuthorizer() {
        throw new UnsupportedOperationException("not written yet");
    }

    public RegistryTokens tokens() {
        throw new UnsupportedOperationException("not written yet");
    }

    public Gallery gallery() {
        throw new UnsupportedOperationException("not written yet");
    }
}
