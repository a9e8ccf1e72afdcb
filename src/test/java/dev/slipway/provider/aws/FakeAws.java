package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.HandlerProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A small AWS in memory, with a clock that only waiting moves. */
final class FakeAws implements Clients {
    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final String REGION = "us-east-1";

    final FakeAppRunner appRunner = new FakeAppRunner(this);
    final FakeIam iam = new FakeIam();
    final FakeEcr ecr = new FakeEcr();
    final FakeLogs logs = new FakeLogs();
    final FakeImages images = new FakeImages();
    final List<String> told = new ArrayList<>();
    final List<Runnable> onWait = new ArrayList<>();
    String account = ACCOUNT;
    int identityCalls;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private boolean cancelled;

    ProviderEnvironment environment() {
        return environment(Map.of());
    }

    ProviderEnvironment environment(Map<String, String> variables) {
        var here = new NamedEndpoint(URI.create("http://127.0.0.1:1"), Optional.of(ACCOUNT), Optional.of("any"));
        return new ProviderEnvironment(Map.of("here", here), "here", () -> now, this::pause, variables);
    }

    private boolean pause(Duration duration, java.util.concurrent.CompletableFuture<?> cancelled) {
        now = now.plus(duration);
        List.copyOf(onWait).forEach(Runnable::run);
        return !cancelled.isDone();
    }

    /** The roles {@code puller}, which may pull everything, and {@code runner}, both as App Runner wants them. */
    FakeAws withRoles() {
        iam.createRole(role -> role.roleName("puller").assumeRolePolicyDocument(PullPolicy.trust()));
        iam.putRolePolicy(put -> put.roleName("puller")
                .policyName("pull")
                .policyDocument(StatementsJson.write(
                        List.of(new PolicyStatement(null, null, List.of("ecr:*"), List.of("*"), null)))));
        iam.createRole(role -> role.roleName("runner").assumeRolePolicyDocument(PullPolicy.trust(RoleJudge.RUNNER)));
        iam.calls.clear();
        return this;
    }

    /** A provider that has been configured with the defaults. */
    ResourceProvider provider() {
        return provider(Map.of());
    }

    ResourceProvider provider(Map<String, String> config) {
        ProviderHost host =
                (severity, urn, message, ephemeral) -> told.add(severity + (ephemeral ? "~ " : " ") + message);
        var provider = new HandlerProvider(new AwsConfiguration(environment(), host, settings -> this), host);
        PropertyMap values = PropertyMap.EMPTY;
        for (Map.Entry<String, String> entry : config.entrySet()) {
            values = values.with(entry.getKey(), PropertyValue.of(entry.getValue()));
        }
        provider.configure(values);
        return provider;
    }

    static Urn urn(String type, String name) {
        return Urn.of("dev", "app", "", "slipway:index:" + type, name);
    }

    boolean closed() {
        return cancelled;
    }

    @Override
    public AppRunnerClient appRunner() {
        return appRunner;
    }

    @Override
    public EcrClient ecr(String region) {
        return ecr;
    }

    @Override
    public IamClient iam() {
        return iam;
    }

    @Override
    public StsClient sts() {
        return new StsClient() {
            @Override
            public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
                identityCalls++;
                return GetCallerIdentityResponse.builder()
                        .account(account)
                        .arn("arn:aws:iam::" + account + ":root")
                        .userId(account)
                        .build();
            }

            @Override
            public software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse getAccessKeyInfo(
                    software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest request) {
                String owner = request.accessKeyId().startsWith("AKIAOTHER") ? OTHER_ACCOUNT : ACCOUNT;
                return software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse.builder()
                        .account(owner)
                        .build();
            }

            @Override
            public String serviceName() {
                return "sts";
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ImageRegistry images() {
        return images;
    }

    @Override
    public CloudWatchLogsClient logs() {
        return logs;
    }

    @Override
    public void close() {
        cancelled = true;
    }
}
