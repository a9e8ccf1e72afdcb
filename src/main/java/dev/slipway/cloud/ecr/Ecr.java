package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryAuthorizer;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryDirectory;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Caller;
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

    private final AwsService service;
    private final AwsService publicService;
    private final Repositories repositories;
    private final TokenStore tokens;
    private final Gallery gallery;
    private final RegistryAuthorizer registryAuthorizer;
    private final Authorizer authorizer;

    public Ecr(Parts parts) {
        gallery = new Gallery(parts.store(), parts.content(), parts.realGallery(), parts.clock());
        repositories = new Repositories(parts.store(), parts.principals(), gallery.upstream());
        tokens = new TokenStore(parts.store(), parts.clock(), parts.random());
        authorizer = parts.authorizer();
        Questions questions = new Questions(repositories);
        registryAuthorizer = new EcrRegistryAuthorizer(tokens, questions, authorizer, parts.endpoint());
        LoginOperations logins = new LoginOperations(tokens, parts.endpoint());
        service = new EcrService(
                        new RepositoryOperations(repositories, parts.content(), parts.endpoint()),
                        new RepositoryPolicies(repositories, parts.principals()),
                        new ImageOperations(repositories, parts.content()),
                        logins,
                        questions)
                .build();
        publicService = new EcrPublicService(gallery, logins).build();
    }

    /** Amazon ECR. */
    public AwsService service() {
        return service;
    }

    /** Amazon ECR Public. */
    public AwsService publicService() {
        return publicService;
    }

    /** For the registry: the private repositories, and the gallery's. */
    public RepositoryDirectory repositories() {
        return repositories;
    }

    /** For the registry: login passwords, policies of callers and of repositories; the gallery is open to all. */
    public RegistryAuthorizer registryAuthorizer() {
        return registryAuthorizer;
    }

    /** Login passwords, for who has been authorized already. */
    public RegistryTokens tokens() {
        return tokens;
    }

    /**
     * What {@code ecr:GetAuthorizationToken} gives this caller: the password of the user {@code AWS}.
     *
     * @throws dev.slipway.cloud.wire.AwsException when the caller may not call it
     */
    public String login(Caller caller) {
        authorizer.authorize(Authorizer.Question.of(caller, "ecr:GetAuthorizationToken", "*"));
        return tokens.issue(caller);
    }

    /** The public gallery of this cloud. */
    public Gallery gallery() {
        return gallery;
    }
}
