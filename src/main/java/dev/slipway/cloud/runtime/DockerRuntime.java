package dev.slipway.cloud.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.runtime.EngineClient.EngineRefused;
import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs images by a Docker-compatible engine (Docker, Podman) on this machine. */
final class DockerRuntime implements ContainerRuntime {
    private static final String LABEL = "dev.slipway.data";
    private static final Duration LAST_GRACE = Duration.ofSeconds(5);
    /** What engines and the OCI runtimes below them say of an image's command. */
    private static final List<String> BAD_COMMAND_WORDS =
            List.of("not found", "no such file", "exec format error", "permission denied", "not a directory");

    private static final List<String> UNKNOWN_USER_WORDS =
            List.of("unable to find user", "unable to find group", "no matching entries in");
    private static final int MOST_PROCESSES = 4096;

    private final DataDirectory data;
    private final EngineClient engine;
    private final String description;
    private final Map<String, DockerInstance> running = new ConcurrentHashMap<>();
    private final Map<String, String> imagesInUse = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "slipway-docker-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** @throws IOException when no engine answers at the socket */
    DockerRuntime(DataDirectory data, Path socket) throws IOException {
        this.data = data;
        this.engine = new EngineClient(socket);
        JsonNode version = engine.call("GET", "/version", null);
        String name = version.path("Components").path(0).path("Name").asText("engine");
        this.description = name + " " + version.path("Version").asText("?") + " at " + socket
                + "; memory, processor and process limits as far as it enforces them; no limit on disk;"
                + " instances find no credentials of their role and no API of this cloud";
        sweep();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public PreparedImage prepare(Manifest manifest, ImageConfig config, BlobSource blobs) throws RuntimeFailure {
        if (!config.platform().runsOn(Platform.LINUX_AMD64)) {
            throw new RuntimeFailure(
                    Kind.WRONG_PLATFORM,
                    "the image is for " + config.platform() + ", but App Runner runs " + Platform.LINUX_AMD64
                            + "; build it with --platform linux/amd64");
        }
        PreparedImage image = new PreparedImage(manifest.config().digest().toString(), config);
        try {
            if (!isLoaded(image)) {
                JsonNode answer = engine.upload(
                        "/images/load?quiet=1", out -> ImageArchive.write(out, manifest, blobs, tag(image)));
                if (answer.has("error") || !isLoaded(image)) {
                    throw new RuntimeFailure(
                            Kind.BAD_IMAGE,
                            "the engine did not take the image: "
                                    + answer.path("error").asText("no reason given"));
                }
            }
            return image;
        } catch (IOException e) {
            throw new RuntimeFailure(Kind.BAD_IMAGE, "can't load the image into the engine: " + e.getMessage(), e);
        }
    }

    @Override
    public Instance start(PreparedImage image, InstanceSpec spec) throws RuntimeFailure {
        if (imagesInUse.putIfAbsent(spec.id(), tag(image)) != null) {
            throw new IllegalArgumentException("an instance `" + spec.id() + "` runs already");
        }
        String container = "slipway-" + data.id() + "-" + spec.id();
        try {
            engine.call("POST", "/containers/create?name=" + container, definition(image, spec));
            engine.call("POST", "/containers/" + container + "/start", null);
            JsonNode state = engine.call("GET", "/containers/" + container + "/json", null);
            DockerInstance instance = new DockerInstance(
                    engine,
                    spec,
                    container,
                    address(state),
                    state.path("State").path("Pid").asLong(),
                    image.config().stopSignal().isEmpty()
                            ? "SIGTERM"
                            : image.config().stopSignal(),
                    scheduler);
            running.put(spec.id(), instance);
            Thread follower =
                    new Thread(() -> instance.follow(() -> release(spec.id())), "slipway-instance-" + spec.id());
            follower.setDaemon(true);
            follower.start();
            return instance;
        } catch (IOException e) {
            release(spec.id());
            remove(container);
            throw failure(spec, e);
        }
    }

    private ObjectNode definition(PreparedImage image, InstanceSpec spec) {
        ObjectNode definition =
                EngineClient.JSON.createObjectNode().put("Image", tag(image)).put("Hostname", spec.id());
        definition.putObject("Labels").put(LABEL, data.id());
        if (!spec.startCommand().isEmpty()) {
            spec.startCommand().forEach(definition.putArray("Cmd")::add);
        }
        if (!image.config().entrypoint().isEmpty()) {
            image.config().entrypoint().forEach(definition.putArray("Entrypoint")::add);
        }
        var environment = definition.putArray("Env");
        if (!spec.environment().containsKey("PORT")
                && image.config().env().stream().noneMatch(entry -> entry.startsWith("PORT="))) {
            environment.add("PORT=" + spec.port());
        }
        if (!spec.environment().containsKey("HOSTNAME")) {
            environment.add("HOSTNAME=" + spec.id());
        }
        spec.environment().forEach((name, value) -> environment.add(name + "=" + value));
        long memory = spec.memoryMegabytes() * 1_048_576L;
        definition
                .putObject("HostConfig")
                .put("Memory", memory)
                .put("MemorySwap", memory)
                .put("NanoCpus", spec.cpuUnits() * 1_000_000_000L / 1024)
                .put("PidsLimit", MOST_PROCESSES);
        return definition;
    }

    /** The container's address; empty when it ended before it was looked at, since then nobody will connect. */
    private static String address(JsonNode state) throws IOException {
        JsonNode settings = state.path("NetworkSettings");
        String address = settings.path("IPAddress").asText();
        Iterator<JsonNode> networks = settings.path("Networks").elements();
        while (address.isEmpty() && networks.hasNext()) {
            address = networks.next().path("IPAddress").asText();
        }
        if (address.isEmpty() && state.path("State").path("Running").asBoolean()) {
            throw new IOException(
                    "the engine gave the container no address that this machine can reach (rootless engines do not)");
        }
        return address.isEmpty() ? "127.0.0.1" : address;
    }

    private static RuntimeFailure failure(InstanceSpec spec, IOException e) {
        String lower = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean execution = lower.contains("exec") && BAD_COMMAND_WORDS.stream().anyMatch(lower::contains);
        if (execution || UNKNOWN_USER_WORDS.stream().anyMatch(lower::contains)) {
            return new RuntimeFailure(Kind.BAD_COMMAND, "the command can't be executed: " + e.getMessage(), e);
        }
        return new RuntimeFailure(Kind.UNSUPPORTED, "can't start instance " + spec.id() + ": " + e.getMessage(), e);
    }

    private void release(String id) {
        running.remove(id);
        imagesInUse.remove(id);
    }

    private void remove(String container) {
        try {
            engine.call("DELETE", "/containers/" + container + "?force=1&v=1", null);
        } catch (IOException e) {
            // It was not made, or is gone.
        }
    }

    private boolean isLoaded(PreparedImage image) throws IOException {
        try {
            engine.call("GET", "/images/" + tag(image) + "/json", null);
            return true;
        } catch (EngineRefused e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private String tag(PreparedImage image) {
        return repository() + ":"
                + image.id().substring(image.id().indexOf(':') + 1, image.id().indexOf(':') + 25);
    }

    private String repository() {
        return "localhost/slipway-" + data.id();
    }

    /** Removes the containers that a dead predecessor of the same data directory left. */
    private void sweep() throws IOException {
        for (JsonNode left : engine.call(
                "GET", "/containers/json?all=1&filters=" + filter("label", LABEL + "=" + data.id()), null)) {
            remove(left.path("Id").asText());
        }
    }

    private static String filter(String key, String value) {
        ObjectNode filters = EngineClient.JSON.createObjectNode();
        filters.putArray(key).add(value);
        return URLEncoder.encode(filters.toString(), StandardCharsets.UTF_8);
    }

    @Override
    public void prune(Iterable<PreparedImage> inUse) {
        Set<String> kept = new HashSet<>(imagesInUse.values());
        inUse.forEach(image -> kept.add(tag(image)));
        try {
            for (JsonNode image :
                    engine.call("GET", "/images/json?filters=" + filter("reference", repository()), null)) {
                for (JsonNode tag : image.path("RepoTags")) {
                    if (!kept.contains(tag.asText())) {
                        engine.call("DELETE", "/images/" + tag.asText(), null);
                    }
                }
            }
        } catch (IOException e) {
            // What could not be removed is tried again the next time.
        }
    }

    @Override
    public void close() {
        running.values().forEach(instance -> instance.stop(LAST_GRACE));
        for (DockerInstance instance : Set.copyOf(running.values())) {
            instance.exit()
                    .completeOnTimeout(Instance.ExitStatus.of(137), 15, TimeUnit.SECONDS)
                    .join();
        }
        scheduler.shutdown();
        data.close();
    }
}
