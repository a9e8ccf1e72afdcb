package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;

/** The way to an account's private image registry with the credentials of a provider configuration. */
public final class EcrLogin implements AutoCloseable {
    private final AwsSession session;

    EcrLogin(AwsSession session) {
        this.session = session;
    }

    /**
     * @param config the provider's configuration keys without the package name: {@code region}, {@code endpoint}, {@code accessKey},
     *     {@code secretKey}, {@code sessionToken}, {@code profile}; absent ones take the provider's defaults
     * @throws ProviderException with every mistake of the configuration
     */
    public static EcrLogin open(ProviderEnvironment environment, Map<String, String> config) {
        PropertyMap properties = PropertyMap.EMPTY;
        for (Map.Entry<String, String> entry : config.entrySet()) {
            properties = properties.with(entry.getKey(), PropertyValue.of(entry.getValue()));
        }
        AwsSettings settings = new ConfigReader(environment).settings(properties);
        var clients = new SdkClients(settings, environment.environmentVariables());
        var waiting = new Waiting(environment.clock(), environment.pause());
        return new EcrLogin(new AwsSession(settings, clients, waiting, ProviderHost.SILENT));
    }

    /**
     * Asks ECR for a password of this account's registry (GetAuthorizationToken).
     *
     * @throws ProviderException when ECR refuses or does not answer
     */
    public RegistryLogin login() {
        return explained("log in to the image registry", () -> {
            AuthorizationData data = session.clients()
                    .ecr(session.settings().region())
                    .getAuthorizationToken(
                            GetAuthorizationTokenRequest.builder().build())
                    .authorizationData()
                    .get(0);
            byte[] token = Base64.getDecoder().decode(data.authorizationToken());
            String[] userAndPassword = new String(token, StandardCharsets.UTF_8).split(":", 2);
            return new RegistryLogin(
                    URI.create(data.proxyEndpoint()), userAndPassword[0], userAndPassword[1], data.expiresAt());
        });
    }

    /** The account whose credentials these are, twelve digits. */
    public String account() {
        return explained("find out the account", session::account);
    }

    /** The region whose registry this is. */
    public String region() {
        return session.settings().region();
    }

    /**
     * Makes a private repository in this account and region unless it is there.
     *
     * @return true when it was made now
     */
    public boolean createRepositoryIfMissing(String repository) {
        return explained("create repository " + repository, () -> {
            try {
                session.clients()
                        .ecr(session.settings().region())
                        .createRepository(CreateRepositoryRequest.builder()
                                .repositoryName(repository)
                                .build());
                return true;
            } catch (RepositoryAlreadyExistsException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        session.clients().close();
    }

    private <T> T explained(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw AwsErrors.explain(doing, e, session.settings().where());
        }
    }
}
