package dev.slipway.provider.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.*;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsResponse;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.IngressConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;

/** Services in memory. An operation stays under way for two looks and then ends as scripted; without a script it succeeds. */
final class FakeAppRunner implements AppRunnerClient {
    private static final int LOOKS = 2;

    final Map<String, Stored> services = new LinkedHashMap<>();
    final Map<String, List<Tag>> scalingTags = new HashMap<>();
    boolean tellsOperations = true;
    String dnsTarget = "";
    final Map<String, AutoScalingConfiguration> scalings = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<UpdateServiceRequest> updates = new ArrayList<>();
    /** What the next calls to CreateService and UpdateService fail with. */
    final Deque<RuntimeException> refusals = new ArrayDeque<>();
    /** How the next operations end. */
    final Deque<OperationStatus> endings = new ArrayDeque<>();

    private final FakeAws aws;
    private int made;

    FakeAppRunner(FakeAws aws) {
        this.aws = aws;
    }

    static final class Stored {
        Service service;
        Service before;
        final Map<String, String> tags = new TreeMap<>();
        final Deque<OperationSummary> operations = new ArrayDeque<>();
        OperationStatus ending;
        int looks;
    }

    static InvalidRequestException invalid(String message) {
        return (InvalidRequestException) InvalidRequestException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("InvalidRequestException")
                        .errorMessage(message)
                        .build())
                .build();
    }

    @Override
    public CreateServiceResponse createService(CreateServiceRequest request) {
        calls.add("CreateService");
        refuse();
        boolean taken = services.values().stream()
                .anyMatch(one -> one.service.serviceName().equals(request.serviceName())
                        && one.service.status() != ServiceStatus.DELETED);
        if (taken) {
            throw invalid("Service with the provided name already exists: " + request.serviceName());
        }
        var stored = new Stored();
        String id = String.format("%032x", ++made);
        stored.service = Service.builder()
                .serviceName(request.serviceName())
                .serviceId(id)
                .serviceArn("arn:aws:apprunner:us-east-1:" + FakeAws.ACCOUNT + ":service/" + request.serviceName() + "/"
                        + id)
                .serviceUrl("127.0.0.9:" + (1000 + made))
                .sourceConfiguration(request.sourceConfiguration())
                .instanceConfiguration(instance(request.instanceConfiguration()))
                .healthCheckConfiguration(health(request.healthCheckConfiguration()))
                .autoScalingConfigurationSummary(summary(
                        request.autoScalingConfigurationArn() == null
                                ? defaultScaling()
                                : request.autoScalingConfigurationArn()))
                .networkConfiguration(network(request.networkConfiguration()))
                .observabilityConfiguration(
                        request.observabilityConfiguration() == null
                                ? ServiceObservabilityConfiguration.builder()
                                        .observabilityEnabled(false)
                                        .build()
                                : request.observabilityConfiguration())
                .encryptionConfiguration(request.encryptionConfiguration())
                .build();
        request.tags().forEach(tag -> stored.tags.put(tag.key(), tag.value()));
        services.put(stored.service.serviceArn(), stored);
        String operation = begin(stored, OperationType.CREATE_SERVICE);
        return CreateServiceResponse.builder()
                .service(stored.service)
                .operationId(operation)
                .build();
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        calls.add("UpdateService");
        refuse();
        Stored stored = stable(request.serviceArn());
        if (stored.service.status() == ServiceStatus.PAUSED) {
            throw InvalidStateException.builder().message("paused").build();
        }
        updates.add(request);
        Service.Builder changed = stored.service.toBuilder();
        boolean any = false;
        if (request.sourceConfiguration() != null) {
            changed.sourceConfiguration(request.sourceConfiguration());
            any = true;
        }
        if (request.instanceConfiguration() != null) {
            changed.instanceConfiguration(request.instanceConfiguration());
            any = true;
        }
        if (request.healthCheckConfiguration() != null) {
            changed.healthCheckConfiguration(request.healthCheckConfiguration());
            any = true;
        }
        if (request.networkConfiguration() != null) {
            changed.networkConfiguration(network(request.networkConfiguration()));
            any = true;
        }
        if (request.observabilityConfiguration() != null) {
            changed.observabilityConfiguration(request.observabilityConfiguration());
            any = true;
        }
        if (request.autoScalingConfigurationArn() != null) {
            changed.autoScalingConfigurationSummary(summary(request.autoScalingConfigurationArn()));
            any = true;
        }
        if (!any) {
            throw invalid("No configurations provided in the UpdateService request.");
        }
        stored.before = stored.service;
        stored.service = changed.build();
        String operation = begin(stored, OperationType.UPDATE_SERVICE);
        return UpdateServiceResponse.builder()
                .service(stored.service)
                .operationId(operation)
                .build();
    }

    @Override
    public DeleteServiceResponse deleteService(DeleteServiceRequest request) {
        calls.add("DeleteService");
        Stored stored = stable(request.serviceArn());
        String operation = begin(stored, OperationType.DELETE_SERVICE);
        return DeleteServiceResponse.builder()
                .service(stored.service)
                .operationId(operation)
                .build();
    }

    @Override
    public PauseServiceResponse pauseService(PauseServiceRequest request) {
        calls.add("PauseService");
        Stored stored = stable(request.serviceArn());
        String operation = begin(stored, OperationType.PAUSE_SERVICE);
        return PauseServiceResponse.builder()
                .service(stored.service)
                .operationId(tellsOperations ? operation : null)
                .build();
    }

    @Override
    public ResumeServiceResponse resumeService(ResumeServiceRequest request) {
        calls.add("ResumeService");
        Stored stored = stable(request.serviceArn());
        String operation = begin(stored, OperationType.RESUME_SERVICE);
        return ResumeServiceResponse.builder()
                .service(stored.service)
                .operationId(tellsOperations ? operation : null)
                .build();
    }

    @Override
    public StartDeploymentResponse startDeployment(StartDeploymentRequest request) {
        calls.add("StartDeployment");
        Stored stored = stable(request.serviceArn());
        stored.before = stored.service;
        return StartDeploymentResponse.builder()
                .operationId(begin(stored, OperationType.START_DEPLOYMENT))
                .build();
    }

    @Override
    public DescribeCustomDomainsResponse describeCustomDomains(DescribeCustomDomainsRequest request) {
        return DescribeCustomDomainsResponse.builder().dnsTarget(dnsTarget).build();
    }

    @Override
    public DescribeServiceResponse describeService(DescribeServiceRequest request) {
        Stored stored = stored(request.serviceArn());
        look(stored);
        return DescribeServiceResponse.builder().service(stored.service).build();
    }

    @Override
    public ListServicesResponse listServices(ListServicesRequest request) {
        List<ServiceSummary> all = services.values().stream()
                .map(one -> ServiceSummary.builder()
                        .serviceName(one.service.serviceName())
                        .serviceArn(one.service.serviceArn())
                        .status(one.service.status())
                        .build())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(all.size(), from + 1);
        return ListServicesResponse.builder()
                .serviceSummaryList(all.subList(from, to))
                .nextToken(to < all.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public ListOperationsResponse listOperations(ListOperationsRequest request) {
        Stored stored = stored(request.serviceArn());
        look(stored);
        return ListOperationsResponse.builder()
                .operationSummaryList(stored.operations)
                .build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        AutoScalingConfiguration scaling = scalings.get(request.resourceArn());
        if (scaling != null) {
            return ListTagsForResourceResponse.builder()
                    .tags(scalingTags.getOrDefault(request.resourceArn(), List.of()))
                    .build();
        }
        return ListTagsForResourceResponse.builder()
                .tags(ServiceRequests.tags(stored(request.resourceArn()).tags))
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        calls.add("TagResource");
        request.tags().forEach(tag -> stored(request.resourceArn()).tags.put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        calls.add("UntagResource");
        stored(request.resourceArn()).tags.keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public CreateAutoScalingConfigurationResponse createAutoScalingConfiguration(
            CreateAutoScalingConfigurationRequest request) {
        calls.add("CreateAutoScalingConfiguration");
        String name = request.autoScalingConfigurationName();
        long revisions = scalings.values().stream()
                .filter(one -> one.autoScalingConfigurationName().equals(name))
                .count();
        if (revisions >= 5) {
            throw ServiceQuotaExceededException.builder()
                    .message("five revisions")
                    .build();
        }
        int revision = ++made;
        var configuration = AutoScalingConfiguration.builder()
                .autoScalingConfigurationArn("arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/" + name
                        + "/" + revision + "/" + String.format("%032x", revision))
                .autoScalingConfigurationName(name)
                .autoScalingConfigurationRevision(revision)
                .minSize(request.minSize())
                .maxSize(request.maxSize())
                .maxConcurrency(request.maxConcurrency())
                .build();
        scalings.put(configuration.autoScalingConfigurationArn(), configuration);
        scalingTags.put(configuration.autoScalingConfigurationArn(), request.tags());
        return CreateAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(configuration)
                .build();
    }

    @Override
    public DescribeAutoScalingConfigurationResponse describeAutoScalingConfiguration(
            DescribeAutoScalingConfigurationRequest request) {
        AutoScalingConfiguration found = scalings.get(request.autoScalingConfigurationArn());
        if (found == null) {
            throw ResourceNotFoundException.builder().message("no scaling").build();
        }
        return DescribeAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(found)
                .build();
    }

    @Override
    public ListAutoScalingConfigurationsResponse listAutoScalingConfigurations(
            ListAutoScalingConfigurationsRequest request) {
        return ListAutoScalingConfigurationsResponse.builder()
                .autoScalingConfigurationSummaryList(scalings.values().stream()
                        .filter(one ->
                                one.autoScalingConfigurationName().equals(request.autoScalingConfigurationName()))
                        .map(one -> summary(one.autoScalingConfigurationArn()))
                        .toList())
                .build();
    }

    @Override
    public DeleteAutoScalingConfigurationResponse deleteAutoScalingConfiguration(
            DeleteAutoScalingConfigurationRequest request) {
        calls.add("DeleteAutoScalingConfiguration");
        if (used(request.autoScalingConfigurationArn())) {
            throw invalid("in use");
        }
        scalings.remove(request.autoScalingConfigurationArn());
        return DeleteAutoScalingConfigurationResponse.builder().build();
    }

    private void refuse() {
        RuntimeException refusal = refusals.poll();
        if (refusal != null) {
            throw refusal;
        }
    }

    /** An operation that someone else began. */
    String begin(Stored stored, OperationType type) {
        OperationStatus ending = endings.poll();
        stored.ending = ending == null ? OperationStatus.SUCCEEDED : ending;
        stored.looks = LOOKS;
        stored.service = stored.service.toBuilder()
                .status(ServiceStatus.OPERATION_IN_PROGRESS)
                .build();
        stored.operations.addFirst(OperationSummary.builder()
                .id(new UUID(0, ++made).toString())
                .type(type)
                .status(OperationStatus.IN_PROGRESS)
                .startedAt(aws.now)
                .build());
        return stored.operations.getFirst().id();
    }

    private void look(Stored stored) {
        if (stored.ending == null || stored.looks-- > 0) {
            return;
        }
        OperationSummary operation = stored.operations.removeFirst();
        boolean good = stored.ending == OperationStatus.SUCCEEDED;
        ServiceStatus status =
                switch (operation.type()) {
                    case CREATE_SERVICE -> good ? ServiceStatus.RUNNING : ServiceStatus.CREATE_FAILED;
                    case DELETE_SERVICE -> good ? ServiceStatus.DELETED : ServiceStatus.DELETE_FAILED;
                    case PAUSE_SERVICE -> ServiceStatus.PAUSED;
                    default -> ServiceStatus.RUNNING;
                };
        boolean rolledBack = stored.ending == OperationStatus.ROLLBACK_SUCCEEDED && stored.before != null;
        Service kept = rolledBack ? stored.before : stored.service;
        boolean stillFailed = !good && stored.before != null && stored.before.status() == ServiceStatus.CREATE_FAILED;
        stored.service = kept.toBuilder()
                .status(stillFailed ? ServiceStatus.CREATE_FAILED : status)
                .build();
        stored.operations.addFirst(
                operation.toBuilder().status(stored.ending).endedAt(aws.now).build());
        stored.ending = null;
    }

    private Stored stored(String arn) {
        Stored stored = services.get(arn);
        if (stored == null) {
            throw ResourceNotFoundException.builder()
                    .message("no service " + arn)
                    .build();
        }
        return stored;
    }

    private Stored stable(String arn) {
        Stored stored = stored(arn);
        if (stored.service.status() == ServiceStatus.OPERATION_IN_PROGRESS) {
            throw InvalidStateException.builder().message("in progress").build();
        }
        if (stored.service.status() == ServiceStatus.DELETED) {
            throw ResourceNotFoundException.builder().message("deleted").build();
        }
        return stored;
    }

    Stored only() {
        return services.values().iterator().next();
    }

    private boolean used(String scalingArn) {
        return services.values().stream()
                .filter(one -> one.service.status() != ServiceStatus.DELETED)
                .anyMatch(one -> scalingArn.equals(
                        one.service.autoScalingConfigurationSummary().autoScalingConfigurationArn()));
    }

    private AutoScalingConfigurationSummary summary(String asked) {
        String arn = scalings.keySet().stream()
                .filter(key -> key.equals(asked) || key.startsWith(asked + "/"))
                .findFirst()
                .orElseThrow();
        AutoScalingConfiguration one = scalings.get(arn);
        return AutoScalingConfigurationSummary.builder()
                .autoScalingConfigurationArn(arn)
                .autoScalingConfigurationName(one.autoScalingConfigurationName())
                .autoScalingConfigurationRevision(one.autoScalingConfigurationRevision())
                .hasAssociatedService(used(arn))
                .isDefault(arn.contains("DefaultConfiguration"))
                .status("active")
                .build();
    }

    private String defaultScaling() {
        String arn = "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/DefaultConfiguration/1/1";
        scalings.put(
                arn,
                AutoScalingConfiguration.builder()
                        .autoScalingConfigurationArn(arn)
                        .autoScalingConfigurationName("DefaultConfiguration")
                        .autoScalingConfigurationRevision(1)
                        .minSize(1)
                        .maxSize(25)
                        .maxConcurrency(100)
                        .build());
        return arn;
    }

    private static NetworkConfiguration network(NetworkConfiguration given) {
        NetworkConfiguration n = given == null ? NetworkConfiguration.builder().build() : given;
        return NetworkConfiguration.builder()
                .egressConfiguration(
                        n.egressConfiguration() == null
                                ? EgressConfiguration.builder()
                                        .egressType("DEFAULT")
                                        .build()
                                : n.egressConfiguration())
                .ingressConfiguration(
                        n.ingressConfiguration() == null
                                ? IngressConfiguration.builder()
                                        .isPubliclyAccessible(true)
                                        .build()
                                : n.ingressConfiguration())
                .ipAddressType(n.ipAddressType() == null ? "IPV4" : n.ipAddressTypeAsString())
                .build();
    }

    private static InstanceConfiguration instance(InstanceConfiguration given) {
        InstanceConfiguration.Builder filled = given == null ? InstanceConfiguration.builder() : given.toBuilder();
        InstanceConfiguration now = filled.build();
        return filled.cpu(now.cpu() == null ? "1024" : now.cpu())
                .memory(now.memory() == null ? "2048" : now.memory())
                .build();
    }

    private static HealthCheckConfiguration health(HealthCheckConfiguration given) {
        HealthCheckConfiguration h =
                given == null ? HealthCheckConfiguration.builder().build() : given;
        return HealthCheckConfiguration.builder()
                .protocol(h.protocolAsString() == null ? "TCP" : h.protocolAsString())
                .path(h.path() == null ? "/" : h.path())
                .interval(h.interval() == null ? 5 : h.interval())
                .timeout(h.timeout() == null ? 2 : h.timeout())
                .healthyThreshold(h.healthyThreshold() == null ? 1 : h.healthyThreshold())
                .unhealthyThreshold(h.unhealthyThreshold() == null ? 5 : h.unhealthyThreshold())
                .build();
    }

    @Override
    public String serviceName() {
        return "apprunner";
    }

    @Override
    public void close() {}
}
