package dev.slipway.provider.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** The SDK's own clients, each made when it is first needed: building one costs more than a call. */
final class SdkClients implements Clients {
    /** App Runner allows few calls a second: a throttled one is tried for about half a minute. */
    private static final int MOST_TRIES = 6;

    private final AwsSettings settings;
    private final Map<String, String> environment;
    private final Map<String, SdkClient> made = new HashMap<>();
    private final ImageRegistry images;
    private @Nullable SdkHttpClient http;
    private @Nullable AwsCredentialsProvider credentials;

    SdkClients(AwsSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
        this.images = new RemoteImages(settings, this);
    }

    @Override
    public AppRunnerClient appRunner() {
        return client("apprunner", AppRunnerClient.class, () -> build(AppRunnerClient.builder(), settings.region()));
    }

    @Override
    public EcrClient ecr(String region) {
        return client("ecr " + region, EcrClient.class, () -> build(EcrClient.builder(), region));
    }

    @Override
    public IamClient iam() {
        // IAM is global: its endpoint takes one region per partition, whatever the region of the services.
        String region = settings.endpoint().isPresent() ? settings.region() : Region.AWS_GLOBAL.id();
        return client("iam", IamClient.class, () -> build(IamClient.builder(), region));
    }

    @Override
    public StsClient sts() {
        return client("sts", StsClient.class, () -> build(StsClient.builder(), settings.region()));
    }

    @Override
    public CloudWatchLogsClient logs() {
        return client(
                "logs", CloudWatchLogsClient.class, () -> build(CloudWatchLogsClient.builder(), settings.region()));
    }

    @Override
    public ImageRegistry images() {
        return images;
    }

    @Override
    public synchronized void close() {
        made.values().forEach(SdkClient::close);
        made.clear();
        if (http != null) {
            http.close();
        }
    }

    private synchronized <C extends SdkClient> C client(String name, Class<C> type, Supplier<C> maker) {
        // Making one may need another one.
        SdkClient found = made.get(name);
        if (found == null) {
            found = maker.get();
            made.put(name, found);
        }
        return type.cast(found);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder, String region) {
        return build(builder, region, credentials());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, String region, AwsCredentialsProvider whose) {
        builder.region(Region.of(region))
                .credentialsProvider(whose)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MOST_TRIES)
                                .build())
                        .addExecutionInterceptor(new FailedCall.Recorder())
                        .build());
        builder.httpClient(http());
        settings.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint.uri()));
        return builder.build();
    }

    private SdkHttpClient http() {
        if (http == null) {
            http = UrlConnectionHttpClient.create();
        }
        return http;
    }

    private AwsCredentialsProvider credentials() {
        if (credentials == null) {
            credentials = settings.assumeRoleArn() == null ? findCredentials() : assumed(settings.assumeRoleArn());
        }
        return credentials;
    }

    /** Temporary credentials of a role, made anew before they end. */
    private AwsCredentialsProvider assumed(String role) {
        StsClient sts = client(
                "sts of the caller",
                StsClient.class,
                () -> build(StsClient.builder(), settings.region(), findCredentials()));
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request ->
                        request.roleArn(role).roleSessionName("slipway").externalId(settings.assumeRoleExternalId()))
                .build();
    }

    private AwsCredentialsProvider findCredentials() {
        if (settings.accessKey() != null && settings.secretKey() != null) {
            return fixed(settings.accessKey(), settings.secretKey(), settings.sessionToken());
        }
        if (settings.profile() != null) {
            return ProfileCredentialsProvider.create(settings.profile());
        }
        String accessKey = variable("AWS_ACCESS_KEY_ID");
        String secretKey = variable("AWS_SECRET_ACCESS_KEY");
        if (accessKey != null && secretKey != null) {
            return fixed(accessKey, secretKey, variable("AWS_SESSION_TOKEN"));
        }
        return DefaultCredentialsProvider.builder().build();
    }

    /** An empty variable is as good as none, as for every AWS tool. */
    private @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static AwsCredentialsProvider fixed(String accessKey, String secretKey, @Nullable String sessionToken) {
        AwsCredentials credentials = sessionToken == null
                ? AwsBasicCredentials.create(accessKey, secretKey)
                : AwsSessionCredentials.create(accessKey, secretKey, sessionToken);
        return StaticCredentialsProvider.create(credentials);
    }
}
