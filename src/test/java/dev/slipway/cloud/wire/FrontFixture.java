package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.trouble.Troubles;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** A front on a real port with a few keys, and real SDK clients that call it. */
final class FrontFixture implements AutoCloseable {
    static final AwsCredentials ROOT = AwsBasicCredentials.create("111122223333", "anything");
    static final AwsCredentials ALICE = AwsBasicCredentials.create("AKIAALICE", "alice+secret/key");
    static final AwsCredentials SESSION = AwsSessionCredentials.create("ASIASESSION", "session-secret", "the-token");

    final List<Authorizer.Question> asked = new ArrayList<>();
    private final Map<String, Credentials> keys = new HashMap<>();
    private final HttpServer server;
    final List<Duration> paused = new ArrayList<>();
    final Troubles troubles = new Troubles(() -> this.now, new SplittableRandom(1));
    volatile Instant now = Instant.now();

    FrontFixture(AwsService... services) throws IOException {
        key(ROOT, "arn:aws:iam::111122223333:root", Optional.empty(), Optional.empty());
        keys.computeIfPresent(
                ROOT.accessKeyId(), (id, key) -> new Credentials(key.caller(), Optional.empty(), Optional.empty()));
        key(ALICE, "arn:aws:iam::111122223333:user/alice", Optional.empty(), Optional.empty());
        key(
                SESSION,
                "arn:aws:sts::111122223333:assumed-role/pull/s",
                Optional.of("the-token"),
                Optional.of(now.plusSeconds(600)));
        AwsFront front = new AwsFront(
                List.of(services),
                id -> Optional.ofNullable(keys.get(id)),
                this::authorize,
                troubles,
                paused::add,
                new SplittableRandom(7));
        server = HttpServer.builder().fallback(front).start(0);
    }

    private void key(AwsCredentials key, String arn, Optional<String> token, Optional<Instant> expires) {
        Caller caller =
                new Caller("111122223333", arn, "AIDAEXAMPLE", key.accessKeyId(), Optional.empty(), expires, Map.of());
        keys.put(key.accessKeyId(), new Credentials(caller, Optional.of(key.secretAccessKey()), token));
    }

    private void authorize(Authorizer.Question question) {
        asked.add(question);
        if (question.action().endsWith("Forbidden")) {
            throw new AwsException(
                    "AccessDeniedException", 400, "User: " + question.caller().arn() + " is not authorized");
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(B builder, AwsCredentials credentials) {
        return client(builder, credentials, DefaultRetryStrategy.doNotRetry());
    }

    /** A client that tries again, as an ordinary one does. */
    <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C correcting(
            B builder, AwsCredentials credentials) {
        return client(
                builder,
                credentials,
                DefaultRetryStrategy.standardStrategyBuilder().build());
    }

    private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(
            B builder, AwsCredentials credentials, RetryStrategy retries) {
        return builder.endpointOverride(uri())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(retries)
                        .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
