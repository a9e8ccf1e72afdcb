package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import dev.slipway.provider.ProviderFace;
import dev.slipway.provider.ResourceHandlerContract;
import dev.slipway.provider.plugin.PluginUnderTest;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;

/** Every resource's life in the local cloud, as the embedded engine drives it and as Pulumi's engine does: through the plugin's own process. */
final class CloudContractIT {
    private static final String OWN = "111122223333";
    private static final String OTHER = "444455556666";

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"build.apprunner.amazonaws.com"},
            "Action":"sts:AssumeRole"}]}""";
    private static final String ALL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    @TempDir
    private static Path directory;

    private static TestCloud cloud;
    private static PluginUnderTest plugin;

    @BeforeAll
    static void start() throws IOException {
        cloud = TestCloud.start(directory);
        makeWhatTheInputsName();
        plugin = PluginUnderTest.start(PluginUnderTest.LAUNCHER, Map.of());
        try (var client = plugin.client()) {
            client.configure(configuration());
        }
    }

    @AfterAll
    static void stop() {
        plugin.close();
        cloud.close();
    }

    private static void makeWhatTheInputsName() {
        try (IamClient own = iam(OWN);
                IamClient other = iam(OTHER);
                EcrClient registry = EcrClient.builder()
                        .endpointOverride(cloud.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(root(OWN))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            own.createPolicy(policy -> policy.policyName("cap").policyDocument(ALL));
            own.createPolicy(policy -> policy.policyName("theirs").policyDocument(ALL));
            own.createPolicy(policy -> policy.policyName("mine").policyDocument(ALL));
            other.createRole(role -> role.roleName("puller").assumeRolePolicyDocument(TRUST));
            other.createRole(role -> role.roleName("second").path("/a/").assumeRolePolicyDocument(TRUST));
            registry.createRepository(repository -> repository.repositoryName("team/app"));
        }
    }

    private static IamClient iam(String account) {
        return IamClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(root(account))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static StaticCredentialsProvider root(String account) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any"));
    }

    private static PropertyMap configuration() {
        PropertyMap config = PropertyMap.EMPTY;
        for (var entry : PluginUnderTest.configuration(cloud).entrySet()) {
            config = config.with(entry.getKey(), PropertyValue.of(entry.getValue()));
        }
        return config;
    }

    private static ResourceProvider provider(ProviderFace face) {
        return cleaning(face == ProviderFace.PLUGIN ? plugin.client() : direct());
    }

    private static ResourceProvider direct() {
        URI endpoint = cloud.endpoint();
        ResourceProvider provider = AwsProvider.create(
                new ProviderEnvironment(
                        Map.of("here", new NamedEndpoint(endpoint, Optional.empty(), Optional.empty())),
                        "here",
                        InstantSource.system(),
                        Pause.real(),
                        Map.of()),
                ProviderHost.SILENT);
        provider.configure(configuration());
        return provider;
    }

    /** Deletes what a test has made when it closes its provider: the next one wants an empty world. */
    private static ResourceProvider cleaning(ResourceProvider provider) {
        Map<String, DeleteRequest> made = new LinkedHashMap<>();
        return (ResourceProvider) Proxy.newProxyInstance(
                CloudContractIT.class.getClassLoader(),
                new Class<?>[] {ResourceProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        made.values().forEach(provider::delete);
                    }
                    try {
                        Object answer = method.invoke(provider, arguments);
                        note(made, arguments == null ? "" : arguments[0], answer);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What an engine would have in its state. */
    private static void note(Map<String, DeleteRequest> made, Object asked, Object answer) {
        if (answer instanceof CreateResponse created && asked instanceof CreateRequest request && !request.preview()) {
            made.put(
                    created.id(),
                    new DeleteRequest(
                            created.id(), request.urn(), request.inputs(), created.outputs(), Optional.empty()));
        }
        if (answer instanceof UpdateResponse updated && asked instanceof UpdateRequest request && !request.preview()) {
            made.put(
                    request.id(),
                    new DeleteRequest(
                            request.id(), request.urn(), request.newInputs(), updated.outputs(), Optional.empty()));
        }
    }

    @Test
    void everyResourceIsHere() throws ReflectiveOperationException {
        var types = new TreeSet<String>();
        for (Class<?> nested : CloudContractIT.class.getDeclaredClasses()) {
            if (ResourceHandlerContract.class.isAssignableFrom(nested)) {
                var constructor = nested.getDeclaredConstructor(CloudContractIT.class);
                constructor.setAccessible(true);
                var type = Arrays.stream(nested.getSuperclass().getDeclaredMethods())
                        .filter(method -> method.getName().equals("type"))
                        .findFirst()
                        .orElseThrow();
                type.setAccessible(true);
                types.add((String) type.invoke(constructor.newInstance(this)));
            }
        }
        assertThat(types).isEqualTo(new TreeSet<>(AwsHandlers.all().resources().keySet()));
    }

    @Nested
    final class OfAnAccessRole extends AccessRoleContractTest {
        @Override
        protected ResourceProvider reached(ProviderFace face) {
            return provider(face);
        }
    }

    @Nested
    final class OfAnInstanceRole extends InstanceRoleContractTest {
        @Override
        protected ResourceProvider reached(ProviderFace face) {
            return provider(face);
        }
    }

    @Nested
    final class OfARepository extends RepositoryContractTest {
        @Override
        protected ResourceProvider reached(ProviderFace face) {
            return provider(face);
        }
    }

    @Nested
    final class OfARepositoryPolicy extends RepositoryPolicyContractTest {
        @Override
        protected ResourceProvider reached(ProviderFace face) {
            return provider(face);
        }
    }

    @Nested
    final class OfAService extends ServiceContractTest {
        @Override
        protected ResourceProvider reached(ProviderFace face) {
            return provider(face);
        }
    }
}
