package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.StructuralDiff;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.provider.Handlers;
import dev.slipway.provider.ProviderConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;

/** The provider's configuration: region, endpoint and credentials, and the handlers that work with them. */
final class AwsConfiguration implements ProviderConfiguration {
    private static final Map<String, String> ANOTHER_WORLD = Map.of(
            "region", "a resource can't move to another region",
            "endpoint", "another endpoint is another world");

    private final ProviderEnvironment environment;
    private final ProviderHost host;
    private final ConfigReader reader;
    private final Waiting waiting;
    private final Function<AwsSettings, Clients> connect;
    private volatile @Nullable AwsSession session;

    AwsConfiguration(ProviderEnvironment environment, ProviderHost host, Function<AwsSettings, Clients> connect) {
        this.environment = environment;
        this.host = host;
        this.reader = new ConfigReader(environment);
        this.waiting = new Waiting(environment.clock(), environment.pause());
        this.connect = connect;
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return reader.check(request.news());
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        PropertyMap olds = reader.check(request.oldInputs()).inputs();
        PropertyMap news = reader.check(request.newInputs()).inputs();
        List<PropertyDiff> diffs = StructuralDiff.between(olds, news).stream()
                .map(difference -> {
                    String key = difference.path().topLevel();
                    Optional<String> reason = Optional.ofNullable(ANOTHER_WORLD.get(key))
                            .or(() -> key.equals("accessKey") || key.equals("assumeRoleArn")
                                    ? anotherAccount(olds, news)
                                    : Optional.empty());
                    DiffKind kind = DiffKind.valueOf(difference.kind().name());
                    return new PropertyDiff(difference.path(), reason.isPresent() ? kind.asReplace() : kind, reason);
                })
                .toList();
        return new DiffResponse(diffs, false, List.of());
    }

    /** A rotated key is the same account, and then nothing may be replaced: only a certain answer counts. */
    private Optional<String> anotherAccount(PropertyMap olds, PropertyMap news) {
        if (news.containsUnknown() || !reader.check(news).failures().isEmpty()) {
            return Optional.empty();
        }
        AwsSettings before = reader.settings(olds);
        AwsSettings after = reader.settings(news);
        if (before.assumeRoleArn() != null || after.assumeRoleArn() != null) {
            return ofRoles(before.assumeRoleArn(), after.assumeRoleArn());
        }
        if (before.accessKey() == null || after.accessKey() == null) {
            return Optional.empty();
        }
        try (Clients clients = connect.apply(after)) {
            Optional<String> old = accountOf(before.accessKey(), clients);
            Optional<String> young = accountOf(after.accessKey(), clients);
            return old.isPresent() && young.isPresent() && !old.equals(young)
                    ? Optional.of(
                            "the new credentials are of account " + young.get() + ", the old ones of " + old.get())
                    : Optional.empty();
        }
    }

    /** Only two roles tell both accounts. */
    private static Optional<String> ofRoles(@Nullable String before, @Nullable String after) {
        if (before == null || after == null) {
            return Optional.empty();
        }
        String old = before.split(":", 6)[4];
        String young = after.split(":", 6)[4];
        return old.equals(young)
                ? Optional.empty()
                : Optional.of("the new role is of account " + young + ", the old one of " + old);
    }

    /** Some endpoints take an account's id as the key of its root; else STS knows whose key it is. */
    private static Optional<String> accountOf(String accessKey, Clients clients) {
        if (accessKey.matches("[0-9]{12}")) {
            return Optional.of(accessKey);
        }
        try {
            return Optional.of(clients.sts()
                    .getAccessKeyInfo(GetAccessKeyInfoRequest.builder()
                            .accessKeyId(accessKey)
                            .build())
                    .account());
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    @Override
    public Handlers handlers(PropertyMap config) {
        AwsSettings settings = reader.settings(config.reveal());
        settings.endpoint().ifPresent(endpoint -> endpoint.place().reach());
        var made = new AwsSession(settings, connect.apply(settings), waiting, host);
        session = made;
        return new Handlers(
                Map.of(
                        AwsProvider.PACKAGE + ":index:Service", new ServiceHandler(made),
                        AwsProvider.PACKAGE + ":index:AccessRole", new AccessRoleHandler(made),
                        AwsProvider.PACKAGE + ":index:InstanceRole", new InstanceRoleHandler(made),
                        AwsProvider.PACKAGE + ":index:Repository", new RepositoryHandler(made),
                        AwsProvider.PACKAGE + ":index:RepositoryPolicy", new RepositoryPolicyHandler(made)),
                Map.of(
                        AwsProvider.PACKAGE + ":index:getImage", new GetImage(made),
                        AwsProvider.PACKAGE + ":index:getCallerIdentity", new GetCallerIdentity(made),
                        AwsProvider.PACKAGE + ":index:getService", new GetService(made)));
    }

    @Override
    public RuntimeException explain(String doing, RuntimeException failure) {
        AwsSession current = session;
        String where = current == null
                ? environment.defaultEndpoint()
                : current.settings().where();
        return AwsErrors.explain(doing, failure, where);
    }

    @Override
    public boolean mayHaveHappened(RuntimeException failure) {
        return FailedCall.mayHaveHappened(failure);
    }

    @Override
    public void cancel() {
        waiting.cancel();
    }

    @Override
    public void close() {
        AwsSession current = session;
        if (current != null) {
            current.clients().close();
        }
    }
}
