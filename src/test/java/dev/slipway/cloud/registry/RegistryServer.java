package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Troubles;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry on a real port, whose repositories and rights a test decides. */
final class RegistryServer implements AutoCloseable, RepositoryDirectory, RegistryAuthorizer {
    static final RepositoryId APP = RepositoryId.of("111122223333", "us-east-1", "team/app");
    static final RepositoryId SIBLING = RepositoryId.of("111122223333", "us-east-1", "team/other");
    static final RepositoryId OTHER = RepositoryId.of("444455556666", "eu-west-1", "app");

    final Map<RepositoryId, Rules> repositories = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Verb> denied = new CopyOnWriteArrayList<>();
    final List<String> pushes = new CopyOnWriteArrayList<>();
    final RegistryContent content;
    final Troubles troubles = Troubles.none();
    final List<Duration> paused = new CopyOnWriteArrayList<>();
    volatile boolean loggedIn = true;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** By how much the cloud's clock is ahead of the machine's. */
    Duration jump = Duration.ZERO;

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    RegistryServer(Path directory, Store store) {
        repositories.put(APP, Rules.pushed());
        repositories.put(SIBLING, Rules.pushed());
        repositories.put(OTHER, Rules.pushed());
        InstantSource clock = () -> now.plus(jump);
        try {
            content = RegistryContent.open(directory, store, clock, () -> now, new Random(7));
            content.onPush((repository, tag, digest) -> pushes.add(repository + " " + tag.orElse("-") + " " + digest));
            server = HttpServer.builder()
                    .handler("/v2", new Registry(content, this, this, troubles, paused::add))
                    .start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    RegistryClient client() {
        return RegistryClient.of(uri("/"), RegistryAuth.basic("AWS", "secret"));
    }

    /** @param headers names and values in turn */
    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(path.startsWith("http") ? URI.create(path) : uri(path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public Optional<Rules> find(RepositoryId repository) {
        return Optional.ofNullable(repositories.get(repository));
    }

    @Override
    public void login(Client client) {
        if (!loggedIn) {
            throw RegistryException.unauthorized("log in first");
        }
    }

    @Override
    public BearerToken token(Client client) {
        login(client);
        return new BearerToken(client.authorization().orElse("nobody"), Duration.ofMinutes(5));
    }

    @Override
    public Access access(Client client, Verb verb, RepositoryId repository) {
        login(client);
        return new Access(repository.account(), verb.name(), repository.path(), () -> {
            asked.add(verb + " " + repository);
            if (denied.contains(verb)) {
                throw RegistryException.denied("User: x is not authorized to perform: " + verb + " on " + repository);
            }
        });
    }

    List<String> asked() {
        List<String> all = new ArrayList<>(asked);
        asked.clear();
        return all;
    }

    @Override
    public void close() {
        server.close();
    }
}
