package dev.slipway.cloud.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.cloud.registry.RegistryAuthorizer.Access;
import dev.slipway.cloud.registry.RegistryAuthorizer.Verb;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.cloud.trouble.Blow;
import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Pause;
import dev.slipway.cloud.trouble.Troubles;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * OCI distribution over HTTP, mounted at {@code /v2/}. A repository is named by the host ({@code ACCOUNT.dkr.ecr.REGION.amazonaws.com},
 * {@code public.ecr.aws}) or by the path ({@code /v2/ACCOUNT/REGION/NAME/…}, {@code /v2/public.ecr.aws/NAME/…}). Manifests and tags can be
 * deleted, as in ECR; blobs go by themselves.
 */
public final class Registry implements HttpHandler {
    /** What troubles call the requests of registry clients, beside the operations of the API that they stand for. */
    public static final String TROUBLE_SERVICE = "registry";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;
    private final RepositoryDirectory repositories;
    private final RegistryAuthorizer authorizer;
    private final Troubles troubles;
    private final Pause pause;
    private final TokenEndpoint tokens;
    private final ManifestEndpoint manifests;
    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;
    private final TagsEndpoint tags;
    private final ReferrersEndpoint referrers;

    /**
     * @param troubles what goes wrong on purpose
     * @param pause waits before a slow answer; holds a worker of the server meanwhile
     */
    public Registry(
            RegistryContent content,
            RepositoryDirectory repositories,
            RegistryAuthorizer authorizer,
            Troubles troubles,
            Pause pause) {
        this.content = content;
        this.repositories = repositories;
        this.authorizer = authorizer;
        this.troubles = troubles;
        this.pause = pause;
        this.tokens = new TokenEndpoint(authorizer);
        this.manifests = new ManifestEndpoint(content);
        this.blobs = new BlobEndpoint(content);
        this.uploads = new UploadEndpoint(content, authorizer);
        this.tags = new TagsEndpoint(content);
        this.referrers = new ReferrersEndpoint(content);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
        Client client = new Client(
                exchange.header("Authorization"),
                content.uploads().newId(),
                exchange.remoteAddress().getAddress().getHostAddress(),
                exchange.header("User-Agent"));
        exchange.setHeader("x-amzn-RequestId", client.requestId());
        try {
            answer(exchange, client);
        } catch (RegistryException e) {
            refuse(exchange, e);
        }
    }

    private void answer(HttpExchange exchange, Client client) throws IOException {
        String path = exchange.path();
        if (path.equals("/v2") || path.equals("/v2/")) {
            authorizer.login(client);
            exchange.setHeader("Content-Type", "application/json");
            exchange.respond(200, "{}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (path.equals(TokenEndpoint.PATH)) {
            tokens.handle(exchange, client);
            return;
        }
        Route route = Route.parse(exchange.header("Host").orElse(""), path)
                .orElseThrow(() -> new RegistryException(404, "UNSUPPORTED", "the registry has nothing at " + path));
        Verb verb = verb(exchange.method(), route);
        Access access = authorizer.access(client, verb, route.repository());
        Blow blow = troubles.strike(
                access.account(), TROUBLE_SERVICE, access.operation(), () -> List.of(access.resource()));
        HttpExchange struck = blow.upon(exchange, pause);
        try {
            Optional<RegistryException> asked = blow.outcome().flatMap(Registry::refusal);
            if (asked.isPresent()) {
                throw asked.get();
            }
            access.authorize();
            if (verb == Verb.FINISH_UPLOAD && brings(exchange)) {
                authorizer.access(client, Verb.UPLOAD_PART, route.repository()).authorize();
            }
            answer(struck, client, verb, route);
        } catch (RegistryException e) {
            refuse(struck, e);
        }
    }

    /** Whether a request that ends an upload has the last part, or all of it, with it. */
    private static boolean brings(HttpExchange exchange) {
        return exchange.header("Transfer-Encoding").isPresent()
                || exchange.header("Content-Length")
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    private static Optional<RegistryException> refusal(Kind kind) {
        return switch (kind) {
            case THROTTLE -> Optional.of(new RegistryException(429, "TOOMANYREQUESTS", "Rate exceeded"));
            case ERROR ->
                Optional.of(new RegistryException(
                        500,
                        "UNKNOWN",
                        "The request processing has failed because of an unknown error, exception or failure."));
            case CLOSED_ACCOUNT ->
                Optional.of(RegistryException.denied("The AWS Access Key Id needs a subscription for the service"));
            default -> Optional.empty();
        };
    }

    private void answer(HttpExchange exchange, Client client, Verb verb, Route route) throws IOException {
        boolean reads = verb == Verb.READ_MANIFEST || verb == Verb.READ_BLOB;
        Rules rules = (reads ? repositories.findForReading(route.repository()) : repositories.find(route.repository()))
                .orElseThrow(() -> RegistryException.nameUnknown(unknown(route.repository())));
        switch (route.kind()) {
            case MANIFEST -> manifests.handle(exchange, client, route, rules);
            case BLOB -> blobs.handle(exchange, client, route, rules);
            case UPLOAD -> uploads.handle(exchange, client, route, rules);
            case TAGS -> tags.handle(exchange, route);
            case REFERRERS -> referrers.handle(exchange, route);
        }
    }

    private static String unknown(RepositoryId repository) {
        return repository.isGallery()
                ? "The repository with name '" + repository.name() + "' does not exist in the public gallery"
                : "The repository with name '" + repository.name() + "' does not exist in the registry with id '"
                        + repository.account() + "' (region " + repository.region()
                        + "); create it first: aws ecr create-repository --repository-name " + repository.name();
    }

    private static Verb verb(String method, Route route) {
        Verb verb =
                switch (route.kind()) {
                    case MANIFEST ->
                        switch (method) {
                            case "GET", "HEAD" -> Verb.READ_MANIFEST;
                            case "PUT" -> Verb.WRITE_MANIFEST;
                            case "DELETE" -> Verb.DELETE_MANIFEST;
                            default -> null;
                        };
                    case BLOB ->
                        switch (method) {
                            case "GET" -> Verb.READ_BLOB;
                            case "HEAD" -> Verb.CHECK_BLOB;
                            default -> null;
                        };
                    case UPLOAD ->
                        switch (method) {
                            case "POST" -> Verb.START_UPLOAD;
                            case "PATCH", "GET", "DELETE" -> Verb.UPLOAD_PART;
                            case "PUT" -> Verb.FINISH_UPLOAD;
                            default -> null;
                        };
                    case TAGS -> method.equals("GET") ? Verb.LIST_TAGS : null;
                    case REFERRERS -> method.equals("GET") ? Verb.LIST_REFERRERS : null;
                };
        if (verb == null) {
            throw new RegistryException(
                    405,
                    "UNSUPPORTED",
                    method.equals("DELETE")
                            ? "layers are not deleted one by one; they go when no image needs them any more"
                            : method + " is not a verb for this address");
        }
        return verb;
    }

    private static void refuse(HttpExchange exchange, RegistryException refusal) throws IOException {
        if (refusal.status() == 401) {
            exchange.setHeader("WWW-Authenticate", TokenEndpoint.challenge(exchange));
        }
        ObjectNode body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("code", refusal.code()).put("message", refusal.getMessage());
        exchange.setHeader("Content-Type", "application/json");
        exchange.respond(refusal.status(), JSON.writeValueAsBytes(body));
    }

    /** @throws RegistryException {@code DIGEST_INVALID} when the text is none */
    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "DIGEST_INVALID", String.valueOf(e.getMessage()));
        }
    }
}
