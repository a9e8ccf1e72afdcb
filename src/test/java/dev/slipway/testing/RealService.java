package dev.slipway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** One service of a running local cloud, with real instances, driven by AWS's own client. */
public final class RealService {
    public static final String HELLO = "public.ecr.aws/slipway/hello:latest";

    private static final Duration LONGEST = Duration.ofMinutes(7);
    private static final Duration POLL = Duration.ofMillis(20);

    private final URI endpoint;
    private final AppRunnerClient appRunner;
    private final Service created;

    private RealService(URI endpoint, AppRunnerClient appRunner, Service created) {
        this.endpoint = endpoint;
        this.appRunner = appRunner;
        this.created = created;
    }

    /** Creates a service of the hello image and waits until it runs. */
    public static RealService running(URI endpoint, String name, Consumer<CreateServiceRequest.Builder> more) {
        AppRunnerClient client = client(AppRunnerClient.builder(), endpoint);
        Service created = client.createService(in -> {
                    in.serviceName(name)
                            .sourceConfiguration(hello(HELLO, Map.of("GREETING", "0")))
                            .healthCheckConfiguration(check -> check.protocol("HTTP")
                                    .path("/healthz")
                                    .interval(1)
                                    .timeout(2)
                                    .unhealthyThreshold(5));
                    more.accept(in);
                })
                .service();
        var service = new RealService(endpoint, client, created);
        assertThat(service.settled()).as("events: %s", service.events()).isEqualTo("SUCCEEDED");
        return service;
    }

    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    public static SourceConfiguration hello(String image, Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        return SourceConfiguration.builder()
                .imageRepository(in -> in.imageIdentifier(image)
                        .imageRepositoryType("ECR_PUBLIC")
                        .imageConfiguration(run -> run.runtimeEnvironmentVariables(variables)))
                .build();
    }

    /** Makes an auto scaling configuration and gives its ARN. */
    public static String scaling(URI endpoint, int maxConcurrency, int minSize, int maxSize) {
        return client(AppRunnerClient.builder(), endpoint)
                .createAutoScalingConfiguration(in -> in.autoScalingConfigurationName("small")
                        .maxConcurrency(maxConcurrency)
                        .minSize(minSize)
                        .maxSize(maxSize))
                .autoScalingConfiguration()
                .autoScalingConfigurationArn();
    }

    public InetSocketAddress address() {
        return address(created);
    }

    /** Where a service is reached. */
    public static InetSocketAddress address(Service service) {
        String[] parts = service.serviceUrl().split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    /** Updates, waits for the end and tells the operation's status. */
    public String update(Consumer<UpdateServiceRequest.Builder> change) {
        appRunner.updateService(in -> {
            in.serviceArn(created.serviceArn());
            change.accept(in);
        });
        return settled();
    }

    public String status() {
        return appRunner
                .describeService(in -> in.serviceArn(created.serviceArn()))
                .service()
                .statusAsString();
    }

    /** Waits until no operation is under way; the status of the newest one. */
    public String settled() {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (status().equals("OPERATION_IN_PROGRESS")) {
            assertThat(System.nanoTime()).as("events: %s", events()).isLessThan(end);
            LockSupport.parkNanos(POLL.toNanos());
        }
        return operations().get(0).split(" ")[1];
    }

    /** Types and statuses of all operations, newest first. */
    public List<String> operations() {
        return appRunner.listOperations(in -> in.serviceArn(created.serviceArn())).operationSummaryList().stream()
                .map(operation -> operation.typeAsString() + " " + operation.statusAsString())
                .toList();
    }

    public void delete() {
        appRunner.deleteService(in -> in.serviceArn(created.serviceArn()));
        settled();
    }

    public List<String> events() {
        String group = "/aws/apprunner/" + created.serviceName() + "/" + created.serviceId() + "/service";
        return client(CloudWatchLogsClient.builder(), endpoint)
                .filterLogEventsPaginator(in -> in.logGroupName(group).logStreamNames("events"))
                .events()
                .stream()
                .map(FilteredLogEvent::message)
                .toList();
    }
}
