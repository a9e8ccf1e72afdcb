package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.AppRunner;
import dev.slipway.cloud.apprunner.Parts;
import dev.slipway.cloud.apprunner.RegistryImagePuller;
import dev.slipway.cloud.balancer.Balancer;
import dev.slipway.cloud.ecr.Ecr;
import dev.slipway.cloud.ecr.Gallery;
import dev.slipway.cloud.gallery.HelloMaking;
import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.http.Transport;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.iam.Mode;
import dev.slipway.cloud.logs.Logs;
import dev.slipway.cloud.registry.LayerUrls;
import dev.slipway.cloud.registry.Registry;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.runtime.ContainerRuntime;
import dev.slipway.cloud.runtime.RuntimeFailure;
import dev.slipway.cloud.runtime.Runtimes;
import dev.slipway.cloud.secrets.Secrets;
import dev.slipway.cloud.secrets.Vault;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.tls.LocalAuthority;
import dev.slipway.cloud.trouble.Pause;
import dev.slipway.cloud.trouble.TroubleHandler;
import dev.slipway.cloud.trouble.Troubles;
import dev.slipway.cloud.wire.AwsFront;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.CredentialsLookup;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running local cloud: STS, IAM, ECR, ECR Public, App Runner, CloudWatch Logs, Secrets Manager and Parameter Store on one loopback
 * port, with a registry and with containers that really run.
 */
public final class LocalCloud implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final URI REAL_GALLERY = URI.create("https://public.ecr.aws");

    /** What is made first, and in no other directory. */
    private static final String CONTROL = "control";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CloudOptions options;
    private final LateHandler control = new LateHandler();
    private final LateHandler inside = new LateHandler();
    private final LateHandler registry = new LateHandler();
    private final LateHandler layers = new LateHandler();
    private final LateHandler health = new LateHandler();
    private final LateHandler trouble = new LateHandler();
    private final LateHandler decisions = new LateHandler();
    private final Balancer balancer;
    private final CompletableFuture<ContainerRuntime> runtime;
    private final @Nullable LocalAuthority authority;
    private final HttpServer server;

    private LocalCloud(CloudOptions options) throws IOException {
        this.options = options;
        this.balancer = new Balancer(Balancer.REQUEST_LIMIT, options.clock());
        if (!owns(options.data())) {
            throw new IOException(options.data()
                    + " holds other files than a local cloud's; name another directory with" + " SLIPWAY_HOME");
        }
        Files.createDirectories(options.data(), PosixFilePermissions.asFileAttribute(PRIVATE));
        // One that was there before may be open to others.
        Files.setPosixFilePermissions(options.data(), PRIVATE);
        try {
            Store store = opened(Store.open(options.data().resolve(CONTROL)));
            this.runtime = inBackground("slipway-runtime", this::chooseRuntime);
            parts.push(() -> runtime.thenAccept(ContainerRuntime::close)
                    .handle((done, failed) -> true)
                    .join());
            this.authority = options.tls() ? authority() : null;
            this.server = opened(listen());
            compose(store);
        } catch (UncheckedIOException e) {
            close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a cloud and waits until it answers; services that ran when it last stopped start again.
     *
     * @throws IOException when the port is taken, the data directory is in use or can't be read or
     *     written, or this machine can't run containers
     */
    public static LocalCloud start(CloudOptions options) throws IOException {
        Transport.settle();
        return new LocalCloud(options);
    }

    /** Whether a directory is a local cloud's to write to and to delete: it is not there, empty, or was written by one. */
    public static boolean owns(Path data) throws IOException {
        if (!Files.exists(data) || Files.isDirectory(data.resolve(CONTROL))) {
            return true;
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.findAny().isEmpty();
        }
    }

    /** Tries it by starting something, which takes as long as all the rest: so the rest is done meanwhile. */
    private ContainerRuntime chooseRuntime() throws IOException {
        try {
            return Runtimes.choose(options.data().resolve("containers"), options.runtime());
        } catch (RuntimeFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    private static <T> CompletableFuture<T> inBackground(String name, Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.done();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                },
                task -> named(name).newThread(task).start());
    }

    private static <T> T result(CompletableFuture<T> work) throws IOException {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw e;
        }
    }

    /** The port on 127.0.0.1 (and on the loopback addresses of the services). */
    public int port() {
        return server.port();
    }

    /** What a person should know of this cloud, a line each. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>(usualNotices());
        if (authority != null) {
            notices.add("tls: services answer https; let clients trust " + authority.file());
        }
        return notices;
    }

    private List<String> usualNotices() {
        if (options.iam() == CloudOptions.Iam.AUDIT) {
            return List.of(
                    "containers: " + runtime.join().description(),
                    "iam: audit - nothing is refused for lack of a permission; `slipway local explain --denied` shows what"
                            + " AWS would refuse",
                    "enforced: signatures",
                    "the root of an account is the access key of its twelve digits, with any secret");
        }
        return List.of(
                "containers: " + runtime.join().description(),
                "iam: enforce",
                "enforced: signatures, identity, resource, session and trust policies, permissions boundaries",
                "not enforced: service control policies, VPC settings, quotas other than App Runner's and IAM's",
                "the root of an account is the access key of its twelve digits, with any secret");
    }

    private void compose(Store store) throws IOException {
        URI endpoint = URI.create("http://127.0.0.1:" + server.port());
        var troubles = new Troubles(options.clock(), options.random());
        // What the rooms take for the time; signatures alone are judged by the machine's clock.
        InstantSource clock = troubles.clock();
        var iam = new Iam(store, clock, options.random(), iamSettings(troubles));
        decisions.set(new DecisionsHandler(iam.decisions()));
        var sts = new Sts(iam, store, clock, options.random());
        Logs logs = opened(Logs.open(options.data().resolve("logs"), clock));
        RegistryContent content = RegistryContent.open(
                options.data().resolve("registry"), store, clock, options.clock(), options.random());
        var ecr = new Ecr(new Ecr.Parts(
                store,
                content,
                new IamPrincipals(iam),
                iam,
                Optional.of(RegistryClient.of(REAL_GALLERY, RegistryAuth.anonymous())),
                clock,
                options.random(),
                () -> endpoint));
        // Stopped after App Runner, which would else take a service for failed whose image is not made any more.
        HelloMaking hello = opened(hello(ecr.gallery()));
        ExecutorService workers = Executors.newCachedThreadPool(named("slipway-service"));
        parts.push(workers::shutdownNow);
        var roles = new ServiceRoles(iam, sts, ecr.tokens());
        Vault vault = Vault.open(options.data().resolve("secrets.key"), store, options.random());
        var secrets = new Secrets(store, vault, clock, options.random());
        var apprunner = opened(new AppRunner(new Parts(
                store,
                logs,
                result(runtime),
                new InstanceEnvirons(server, balancer, roles, inside, clock, options.random()),
                balancer,
                new RegistryImagePuller(roles, () -> endpoint, options.data().resolve("images")),
                roles,
                new ServiceSecrets(roles, iam, secrets, vault, clock),
                new ServerAddresses(server),
                troubles,
                server.eventLoops(),
                clock,
                options.random(),
                workers)));
        iam.linkedRolesAreNeededBy(apprunner::needsLinkedRole);
        content.onPush((repository, tag, digest) -> tag.ifPresent(moved ->
                apprunner.onPush(repository.account(), repository.region(), repository.name(), moved, digest)));
        Pause pause = time -> new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        List<AwsService> services = List.of(
                sts.service(),
                iam.service(),
                ecr.service(),
                ecr.publicService(),
                apprunner.service(),
                secrets.secretsManager(),
                secrets.parameterStore(),
                logs.service());
        // Not earlier: it takes the processors that all the rest needs now.
        start(hello, ecr.gallery());
        layers.set(ecr.layerUrls());
        registry.set(new Registry(content, ecr.repositories(), ecr.registryAuthorizer(), troubles, pause));
        trouble.set(new TroubleHandler(troubles, () -> operations(services), apprunner::serviceArns));
        control.set(new AwsFront(services, sts.lookup(), iam, troubles, pause, options.random()));
        // Whoever runs the cloud may be the root of every account by naming it; code in an instance may not.
        CredentialsLookup proved =
                key -> sts.lookup().find(key).filter(found -> found.secret().isPresent());
        inside.set(new AwsFront(services, proved, iam, troubles, pause, options.random()));
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, named("slipway-tick"));
        parts.push(scheduler::shutdownNow);
        ecr.start(scheduler);
        apprunner.start(scheduler);
        long pid = ProcessHandle.current().pid();
        health.set(exchange -> {
            exchange.setHeader("Content-Type", "application/json");
            String text = "{\"pid\":" + pid + ",\"instances\":{\"provisioned\":" + apprunner.provisioned()
                    + ",\"active\":" + apprunner.active() + "}}\n";
            exchange.respond(200, text.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** What can be struck. The registry's requests are named by the operations that ECR's policies name. */
    private static Map<String, Set<String>> operations(List<AwsService> services) {
        Map<String, Set<String>> all = new HashMap<>();
        services.forEach(
                service -> all.put(service.signingName(), service.operations().keySet()));
        all.put(Registry.TROUBLE_SERVICE, all.getOrDefault("ecr", Set.of()));
        return all;
    }

    private Iam.Settings iamSettings(Troubles troubles) {
        return new Iam.Settings(
                switch (options.iam()) {
                    case ENFORCE -> Mode.ENFORCE;
                    case AUDIT -> Mode.AUDIT;
                },
                account -> troubles.iamPropagation(account).orElse(Duration.ZERO));
    }

    /** The image that every first {@code up} deploys; made here, so that it needs no network. */
    private HelloMaking hello(Gallery gallery) {
        return new HelloMaking(options.data().resolve("hello"), (version, image) -> {
            gallery.install("slipway/hello", version, image.manifest(), image.mediaType(), image.blobs());
            gallery.install("slipway/hello", "latest", image.manifest(), image.mediaType(), image.blobs());
        });
    }

    /** Whoever asks for the image waits for it. */
    private static void start(HelloMaking hello, Gallery gallery) {
        CompletableFuture<Boolean> making = hello.start();
        gallery.awaits("slipway/hello", making);
        making.whenComplete((done, failure) -> {
            if (failure != null && !hello.isStopped()) {
                System.err.println("the hello image could not be made: " + failure.getMessage());
            }
        });
    }

    private HttpServer listen() throws IOException {
        HttpServer.Builder builder = HttpServer.builder()
                .route(balancer)
                .handler("/v2/", registry)
                .handler(LayerUrls.PREFIX, layers)
                .handler("/_slipway/health", health)
                .handler(TroubleHandler.PATH, trouble)
                .hosts(host -> KnownHosts.isOfAws(host) || balancer.takes(host))
                .handler("/_slipway/decisions", decisions)
                .fallback(control);
        if (authority != null) {
            builder.tls(authority);
        }
        try {
            return builder.start(options.port());
        } catch (BindException taken) {
            if (options.portIsWish()) {
                return builder.start(0);
            }
            throw new IOException(
                    "port " + options.port() + " of 127.0.0.1 is taken; name another one with --port or SLIPWAY_PORT",
                    taken);
        }
    }

    private LocalAuthority authority() throws IOException {
        return LocalAuthority.open(options.data().resolve("tls"), options.clock(), new SecureRandom());
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Stops every container and closes the port; what is recorded stays. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("while stopping " + part.getClass().getSimpleName() + ": " + e);
            }
        }
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
