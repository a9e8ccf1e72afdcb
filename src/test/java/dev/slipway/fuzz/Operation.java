package dev.slipway.fuzz;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Every operation that the bundled SDK knows of the services on the port, also those that the cloud does not have.
 *
 * @param target what {@code X-Amz-Target} begins with; empty for a query service
 * @param contentType of a JSON service
 * @param version of a query service
 */
record Operation(String service, String target, String contentType, String version, String name, Class<?> input) {
    static final List<Operation> ALL = Stream.of(
                    json("ecr", "AmazonEC2ContainerRegistry_V20150921", "1.1", EcrClient.class),
                    json("ecr-public", "SpencerFrontendService", "1.1", EcrPublicClient.class),
                    json("apprunner", "AppRunner", "1.0", AppRunnerClient.class),
                    json("logs", "Logs_20140328", "1.1", CloudWatchLogsClient.class),
                    json("secretsmanager", "secretsmanager", "1.1", SecretsManagerClient.class),
                    json("ssm", "AmazonSSM", "1.1", SsmClient.class),
                    of("iam", "", "", "2010-05-08", IamClient.class),
                    of("sts", "", "", "2011-06-15", StsClient.class))
            .flatMap(operations -> operations)
            .toList();

    private static Stream<Operation> json(String service, String target, String version, Class<?> client) {
        return of(service, target, "application/x-amz-json-" + version, "", client);
    }

    private static Stream<Operation> of(
            String service, String target, String contentType, String version, Class<?> client) {
        return Arrays.stream(client.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .map(Method::getParameterTypes)
                .map(parameters -> parameters[0])
                .filter(input -> input.getSimpleName().endsWith("Request") && SdkPojo.class.isAssignableFrom(input))
                .distinct()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .map(input -> new Operation(
                        service,
                        target,
                        contentType,
                        version,
                        input.getSimpleName().replaceAll("Request$", ""),
                        input));
    }

    boolean isQuery() {
        return target.isEmpty();
    }

    SdkPojo builder() {
        try {
            return (SdkPojo) input.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
