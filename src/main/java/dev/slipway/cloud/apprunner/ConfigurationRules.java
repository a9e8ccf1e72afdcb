package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.Configuration.HealthCheck;
import dev.slipway.cloud.apprunner.Configuration.Size;
import dev.slipway.cloud.apprunner.Configuration.Source;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** Makes a complete configuration of a request: fills in defaults, keeps what an update leaves out, refuses what App Runner refuses. */
final class ConfigurationRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-_]{3,39}");
    private static final int MOST = 20;

    private final Known known;
    private final String account;
    private final String region;
    private final Predicate<String> isReference;
    private final Problems problems = new Problems();

    /** @param isReference whether a text can name a secret or a parameter */
    ConfigurationRules(Known known, Predicate<String> isReference, String account, String region) {
        this.known = known;
        this.isReference = isReference;
        this.account = account;
        this.region = region;
    }

    /** @throws dev.slipway.cloud.wire.AwsException that tells all that is wrong with the request */
    Configuration create(CreateServiceRequest request) {
        problems.matches("serviceName", request.serviceName(), NAME);
        if (request.encryptionConfiguration() != null) {
            problems.add("The local cloud has no AWS KMS; leave out EncryptionConfiguration");
        }
        Tags.check(request.tags(), problems);
        return complete(
                request.sourceConfiguration(),
                request.instanceConfiguration(),
                request.healthCheckConfiguration(),
                request.autoScalingConfigurationArn(),
                request.networkConfiguration(),
                request.observabilityConfiguration(),
                null);
    }

    /** @throws dev.slipway.cloud.wire.AwsException that tells all that is wrong with the request */
    Configuration update(UpdateServiceRequest request, Configuration current) {
        return complete(
                request.sourceConfiguration(),
                request.instanceConfiguration(),
                request.healthCheckConfiguration(),
                request.autoScalingConfigurationArn(),
                request.networkConfiguration(),
                request.observabilityConfiguration(),
                current);
    }

    /** Whether an update asks for anything at all. */
    static boolean isEmpty(UpdateServiceRequest request) {
        return request.sourceConfiguration() == null
                && request.instanceConfiguration() == null
                && request.healthCheckConfiguration() == null
                && request.autoScalingConfigurationArn() == null
                && request.networkConfiguration() == null
                && request.observabilityConfiguration() == null;
    }

    private Configuration complete(
            @Nullable SourceConfiguration source,
            @Nullable InstanceConfiguration instance,
            @Nullable HealthCheckConfiguration health,
            @Nullable String scalingArn,
            @Nullable NetworkConfiguration network,
            @Nullable ServiceObservabilityConfiguration observability,
            @Nullable Configuration current) {
        Optional<Source> wanted = source == null
                ? Optional.ofNullable(current).map(Configuration::source)
                : new SourceRules(account, problems, isReference)
                        .source(source, current == null ? null : current.source());
        if (source == null && current == null) {
            problems.add("CreateService needs a SourceConfiguration");
        }
        Size size = size(instance, current == null ? null : current.size());
        HealthCheck check = health(health, current == null ? HealthCheck.DEFAULT : current.healthCheck());
        var links = new LinkRules(known, account, region, problems);
        LinkRules.Network net = links.network(network, current);
        @Nullable String observed = links.observability(observability, current);
        String arn = scaling(scalingArn, current);
        if (size.instanceRoleArn() == null
                && wanted.filter(found -> !found.secrets().isEmpty()).isPresent()) {
            problems.add("Instance Role have to be provided if passing in RuntimeEnvironmentSecrets.");
        }
        problems.throwIfAny();
        return new Configuration(
                wanted.orElseThrow(),
                size,
                check,
                arn,
                net.ipAddressType(),
                net.vpcConnectorArn(),
                net.privateIngress(),
                observed);
    }

    private Size size(@Nullable InstanceConfiguration wanted, @Nullable Size current) {
        int cpu = current == null ? InstanceSizes.DEFAULT_CPU : current.cpu();
        int memory = current == null ? InstanceSizes.DEFAULT_MEMORY : current.memory();
        @Nullable String role = current == null ? null : current.instanceRoleArn();
        if (wanted == null) {
            return new Size(cpu, memory, role);
        }
        problems.matches("instanceConfiguration.instanceRoleArn", wanted.instanceRoleArn(), SourceRules.ROLE_ARN);
        Optional<Integer> newCpu = wanted.cpu() == null ? Optional.of(cpu) : InstanceSizes.cpu(wanted.cpu());
        Optional<Integer> newMemory =
                wanted.memory() == null ? Optional.of(memory) : InstanceSizes.memory(wanted.memory());
        if (newCpu.isEmpty()) {
            problems.add("InstanceConfiguration.Cpu: '" + wanted.cpu()
                    + "' is not one of 256, 512, 1024, 2048, 4096, 0.25 vCPU, 0.5 vCPU, 1 vCPU, 2 vCPU, 4 vCPU");
        }
        if (newMemory.isEmpty()) {
            problems.add("InstanceConfiguration.Memory: '" + wanted.memory()
                    + "' is not one of 512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288, or the same in GB");
        }
        if (newCpu.isPresent() && newMemory.isPresent()) {
            InstanceSizes.problem(newCpu.get(), newMemory.get()).ifPresent(problems::add);
        }
        return new Size(
                newCpu.orElse(cpu),
                newMemory.orElse(memory),
                wanted.instanceRoleArn() == null ? role : wanted.instanceRoleArn());
    }

    private HealthCheck health(@Nullable HealthCheckConfiguration wanted, HealthCheck current) {
        if (wanted == null) {
            return current;
        }
        String at = "healthCheckConfiguration.";
        String protocol = wanted.protocolAsString() == null ? current.protocol() : wanted.protocolAsString();
        if (!protocol.equals("TCP") && !protocol.equals("HTTP")) {
            problems.add("Value '" + protocol + "' at '" + at
                    + "protocol' failed to satisfy constraint: Member must satisfy enum value set: [TCP, HTTP]");
        }
        String path = wanted.path() == null ? current.path() : wanted.path();
        if (path.isEmpty() || path.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            problems.add("HealthCheckConfiguration.Path must be a URL path such as /healthz");
        }
        problems.within(at + "interval", wanted.interval(), 1, MOST);
        problems.within(at + "timeout", wanted.timeout(), 1, MOST);
        problems.within(at + "healthyThreshold", wanted.healthyThreshold(), 1, MOST);
        problems.within(at + "unhealthyThreshold", wanted.unhealthyThreshold(), 1, MOST);
        return new HealthCheck(
                protocol,
                path,
                or(wanted.interval(), current.interval()),
                or(wanted.timeout(), current.timeout()),
                or(wanted.healthyThreshold(), current.healthyThreshold()),
                or(wanted.unhealthyThreshold(), current.unhealthyThreshold()));
    }

    private String scaling(@Nullable String arn, @Nullable Configuration current) {
        if (arn == null) {
            return current == null ? known.scaling().defaultOf(account, region).arn() : current.autoScalingArn();
        }
        Optional<ScalingRecord> found =
                known.scaling().find(account, region, arn).filter(ScalingRecord::active);
        if (found.isEmpty()) {
            problems.add("The auto scaling configuration ARN you specified isn't valid. ARN: '" + arn + "'");
        }
        return found.map(ScalingRecord::arn).orElse(arn);
    }

    private static int or(@Nullable Integer wanted, int current) {
        return wanted == null ? current : wanted;
    }
}
