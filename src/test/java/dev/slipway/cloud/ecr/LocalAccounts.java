package dev.slipway.cloud.ecr;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.registry.LayerUrls;
import dev.slipway.cloud.registry.Registry;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.trouble.Troubles;
import dev.slipway.cloud.wire.AwsFront;
import dev.slipway.oci.Digest;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** ECR with real IAM behind a real port, and SDK clients of two accounts. */
final class LocalAccounts implements AutoCloseable {
    static final String OWN = "111122223333";
    static final String FOREIGN = "444455556666";

    final Ecr ecr;
    final Troubles troubles = Troubles.none();
    final List<Duration> paused = new CopyOnWriteArrayList<>();
    Duration later = Duration.ZERO;

    private final HttpServer server;

    LocalAccounts(Path directory, Store store, Optional<RegistryClient> realGallery) {
        java.time.InstantSource clock = () -> Instant.now().plus(later);
        Iam iam = new Iam(store, clock, new Random(1));
        Sts sts = new Sts(iam, store, clock, new Random(2));
        PrincipalDirectory principals = new PrincipalDirectory() {
            @Override
            public boolean exists(String arn) {
                return iam.principalExists(arn);
            }

            @Override
            public Optional<String> uniqueId(String arn) {
                return iam.uniqueIdOf(arn);
            }
        };
        try {
            RegistryContent content = RegistryContent.open(directory, store, clock, clock, new Random(5));
            ecr = new Ecr(new Ecr.Parts(store, content, principals, iam, realGallery, clock, new Random(3), this::uri));
            AwsFront front = new AwsFront(
                    List.of(iam.service(), sts.service(), ecr.service(), ecr.publicService()),
                    sts.lookup(),
                    iam,
                    // Signatures are of the time that is: a client does not know what a test calls now.
                    java.time.InstantSource.system(),
                    new Random(4));
            Registry registry = new Registry(
                    content, ecr.repositories(), ecr.registryAuthorizer(), troubles, time -> paused.add(time));
            server = HttpServer.builder()
                    .handler("/v2", registry)
                    .handler(LayerUrls.PREFIX, ecr.layerUrls())
                    .fallback(front)
                    .start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    static AwsCredentials root(String account) {
        return AwsBasicCredentials.create(account, "any");
    }

    EcrClient ecr(AwsCredentials credentials) {
        return client(EcrClient.builder(), credentials);
    }

    EcrPublicClient ecrPublic(AwsCredentials credentials) {
        return client(EcrPublicClient.builder(), credentials);
    }

    IamClient iam(String account) {
        return client(IamClient.builder(), root(account));
    }

    /** What {@code aws ecr get-login-password} prints. */
    String password(AwsCredentials credentials) {
        String token = ecr(credentials)
                .getAuthorizationToken(request -> {})
                .authorizationData()
                .get(0)
                .authorizationToken();
        String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        return pair.substring("AWS:".length());
    }

    /** A client that logged in as {@code docker login} does. */
    RegistryClient login(AwsCredentials credentials) {
        return withPassword(password(credentials));
    }

    RegistryClient withPassword(String password) {
        return RegistryClient.of(uri(), RegistryAuth.basic("AWS", password));
    }

    /** A user of {@link #OWN} with one policy, and his key. */
    AwsCredentials user(String name, String policy) {
        IamClient iam = iam(OWN);
        iam.createUser(request -> request.userName(name));
        iam.putUserPolicy(request -> request.userName(name).policyName("p").policyDocument(policy));
        var key = iam.createAccessKey(request -> request.userName(name)).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    /** A session of a role, for a user whom it trusts. */
    AwsCredentials assume(AwsCredentials user, String roleArn) {
        var session = client(StsClient.builder(), user)
                .assumeRole(request -> request.roleArn(roleArn).roleSessionName("test"))
                .credentials();
        return AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
    }

    /** Puts an image into the local gallery. */
    TestImage install(String repository, String tag, TestImage image, Path directory) throws IOException {
        Map<Digest, Path> files = new HashMap<>();
        for (Map.Entry<Digest, byte[]> blob : image.blobs().entrySet()) {
            files.put(blob.getKey(), Files.write(directory.resolve(blob.getKey().hex()), blob.getValue()));
        }
        ecr.gallery().install(repository, tag, image.bytes(), image.manifest().mediaType(), files);
        return image;
    }

    /** The status of an empty POST to the registry by the root of {@link #OWN}. */
    int post(String path) throws IOException {
        String token = ecr(root(OWN))
                .getAuthorizationToken(request -> {})
                .authorizationData()
                .get(0)
                .authorizationToken();
        HttpRequest request = HttpRequest.newBuilder(uri().resolve(path))
                .header("Authorization", "Basic " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(
            B builder, AwsCredentials credentials) {
        return builder.endpointOverride(uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
