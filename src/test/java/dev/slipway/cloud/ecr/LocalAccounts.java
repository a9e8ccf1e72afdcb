package dev.slipway.cloud.ecr;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.registry.Registry;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.AwsFront;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.iam.IamClient;

/** ECR with real IAM behind a real port, and SDK clients of two accounts. */
final class LocalAccounts implements AutoCloseable {
    static final String OWN = "111122223333";
    static final String FOREIGN = "444455556666";

    final Ecr ecr;
    final Sts sts;
    Duration later = Duration.ZERO;

    private final HttpServer server;

    LocalAccounts(Path directory, Store store, Optional<RegistryClient> realGallery) {
        java.time.InstantSource clock = () -> Instant.now().plus(later);
        Iam iam = new Iam(store, clock, new Random(1));
        sts = new Sts(iam, store, clock, new Random(2));
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
            RegistryContent content = RegistryContent.open(directory, store, clock);
            ecr = new Ecr(new Ecr.Parts(store, content, principals, iam, realGallery, clock, new Random(3), this::uri));
            AwsFront front = new AwsFront(
                    List.of(iam.service(), sts.service(), ecr.service(), ecr.publicService()),
                    sts.lookup(),
                    iam,
                    clock,
                    new Random(4));
            Registry registry = new Registry(content, ecr.repositories(), ecr.registryAuthorizer(), new Random(5));
            server = HttpServer.builder()
                    .handler("/v2", registry)
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

    /** A client that logged in as {@code docker login} does. */
    RegistryClient login(AwsCredentials credentials) {
        String token = ecr(credentials)
                .getAuthorizationToken(request -> {})
                .authorizationData()
                .get(0)
                .authorizationToken();
        String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return RegistryClient.of(uri(), RegistryAuth.basic(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    RegistryClient withPassword(String password) {
        return RegistryClient.of(uri(), RegistryAuth.basic("AWS", password));
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
