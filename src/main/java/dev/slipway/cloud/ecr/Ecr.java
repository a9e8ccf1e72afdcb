package dev.slipway.cloud.ecr;

import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.cloud.registry.LayerUrls;
import dev.slipway.cloud.registry.RegistryAuthorizer;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryDirectory;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The ECR and ECR Public APIs, and what the registry needs of them: which repositories there are and who may do what. */
public final class Ecr {
    private static final System.Logger LOG = System.getLogger(Ecr.class.getName());

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

    /** How often lifecycle policies are applied, besides after each push, and content that no image needs is looked for. */
    private static final Duration TICK = Duration.ofMinutes(1);

    private final AwsService service;
    private final AwsService publicService;
    private final Repositories repositories;
    private final TokenStore tokens;
    private final Gallery gallery;
    private final RegistryAuthorizer registryAuthorizer;
    private final LayerUrls layerUrls;
    private final Runnable housekeeping;

    public Ecr(Parts parts) {
        Authorizer authorizer = parts.authorizer();
        RegistryContent content = parts.content();
        PolicyPrincipals principals = new PolicyPrincipals(parts.principals());
        gallery = new Gallery(parts.store(), content, parts.realGallery(), parts.clock());
        RegistrySettings settings = new RegistrySettings(parts.store(), principals);
        PullThroughRules rules = new PullThroughRules(parts.store());
        PublicRepositories publicRepositories = new PublicRepositories(parts.store(), principals, gallery.upstream());
        repositories = new Repositories(parts.store(), principals, settings, rules, publicRepositories);
        tokens = new TokenStore(parts.store(), parts.clock(), parts.random());
        Logins logins = new Logins(tokens, parts.endpoint());
        Questions questions = new Questions(repositories, settings);
        registryAuthorizer = new EcrRegistryAuthorizer(logins, questions, publicRepositories, authorizer);
        PullThrough pullThrough = new PullThrough(
                rules, repositories, content, gallery.upstream(), logins, questions, authorizer, parts.clock());
        repositories.fetchBy(pullThrough);
        layerUrls = new LayerUrls(content, parts.random());
        LoginOperations passwords = new LoginOperations(tokens, parts.endpoint());
        ScanOperations scans = new ScanOperations(repositories, content, parts.store());

        LayerUploads uploads = new LayerUploads(content);
        Operations on = new Operations(questions);
        passwords.addTo(on);
        new RepositoryOperations(repositories, content, parts.endpoint()).addTo(on);
        new RepositoryPolicies(repositories, principals, questions, authorizer).addTo(on);
        new LifecycleOperations(repositories, content, parts.store()).addTo(on);
        new ImageOperations(repositories, content, scans, pullThrough).addTo(on);
        new ImageChanges(repositories, content).addTo(on);
        new LayerOperations(repositories, content, pullThrough, layerUrls, parts.endpoint(), uploads).addTo(on);
        new RegistryOperations(settings, repositories, principals).addTo(on);
        new ReplicationOperations(settings, repositories, content).addTo(on);
        scans.addTo(on);
        rules.addTo(on);
        service = on.build();
        publicService = new EcrPublicService(gallery, publicRepositories, content, passwords, parts.endpoint())
                .build(
                        new PublicPolicies(publicRepositories, principals),
                        new PublicCatalog(publicRepositories, parts.store()),
                        new PublicLayers(uploads));

        Expiry expiry = new Expiry(repositories, content, parts.clock());
        content.onPush((repository, tag, digest) -> {
            scans.pushed(repository, digest, parts.clock().instant());
            expiry.apply(repository);
        });
        housekeeping = () -> {
            expiry.applyAll();
            scans.forgetRemoved();
            collect(content);
        };
    }

    private static void collect(RegistryContent content) {
        try {
            content.collect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to apply lifecycle policies and to collect what no image needs. Ends with {@code scheduler}. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the scheduler
    public void start(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(this::keepHouse, TICK.toSeconds(), TICK.toSeconds(), TimeUnit.SECONDS);
    }

    /** What {@link #start} does every minute. */
    void keepHouse() {
        try {
            housekeeping.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "ECR's housekeeping failed; it is tried again in a minute", e);
        }
    }

    /** Short-lived addresses of layers; to be mounted at {@link LayerUrls#PREFIX}. */
    public HttpHandler layerUrls() {
        return layerUrls;
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

    /** The public gallery of this cloud. */
    public Gallery gallery() {
        return gallery;
    }
}
