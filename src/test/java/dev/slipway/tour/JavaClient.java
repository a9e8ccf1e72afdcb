package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** AWS's SDK for Java, version 2. */
final class JavaClient implements TourClient {
    private static final Map<String, Supplier<AwsClientBuilder<?, ? extends SdkClient>>> SERVICES = Map.of(
            "sts", StsClient::builder,
            "iam", IamClient::builder,
            "ecr", EcrClient::builder,
            "ecr-public", EcrPublicClient::builder,
            "apprunner", AppRunnerClient::builder,
            "logs", CloudWatchLogsClient::builder,
            "secretsmanager", SecretsManagerClient::builder,
            "ssm", SsmClient::builder);

    private static final Pattern ACRONYM = Pattern.compile("([A-Z])([A-Z]+)(?=[A-Z][a-z]|$)");

    private final URI endpoint;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final Map<List<Object>, SdkClient> clients = new HashMap<>();

    JavaClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Told call(Asked asked) {
        SdkClient client =
                clients.computeIfAbsent(List.of(asked.service(), asked.region(), asked.key()), which -> client(asked));
        try {
            return Told.answer(SdkJson.read(invoke(client, asked)));
        } catch (AwsServiceException error) {
            return Told.error(
                    error.awsErrorDetails().errorCode(),
                    error.statusCode(),
                    error.awsErrorDetails().errorMessage());
        } catch (SdkClientException refused) {
            return new Told(Told.Kind.REFUSED, TextNode.valueOf(String.valueOf(refused.getMessage())));
        }
    }

    private static Object invoke(SdkClient client, Asked asked) {
        try {
            Class<?> service = client.getClass().getInterfaces()[0];
            String model = service.getPackageName() + ".model.";
            Class<?> request = Class.forName(model + className(asked.call()) + "Request");
            SdkPojo input = SdkJson.fill((SdkPojo) request.getMethod("builder").invoke(null), asked.with());
            String method = className(asked.call());
            return service.getMethod(method.substring(0, 1).toLowerCase(Locale.ROOT) + method.substring(1), request)
                    .invoke(client, input);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalArgumentException("the Java SDK has no " + asked.service() + " " + asked.call(), missing);
        }
    }

    /** The SDK writes {@code GetSAMLProvider} as {@code GetSamlProvider}. */
    private static String className(String call) {
        return ACRONYM.matcher(call)
                .replaceAll(run -> run.group(1) + run.group(2).toLowerCase(Locale.ROOT));
    }

    private SdkClient client(Asked asked) {
        Asked.Key key = asked.key();
        var credentials = StaticCredentialsProvider.create(
                key.token().isEmpty()
                        ? AwsBasicCredentials.create(key.id(), key.secret())
                        : AwsSessionCredentials.create(key.id(), key.secret(), key.token()));
        AwsClientBuilder<?, ? extends SdkClient> builder =
                SERVICES.get(asked.service()).get();
        builder.endpointOverride(endpoint)
                .region(Region.of(asked.region()))
                .credentialsProvider(credentials)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        ((AwsSyncClientBuilder<?, ?>) builder).httpClient(http);
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
        http.close();
    }
}
