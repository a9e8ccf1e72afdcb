package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Service} and an {@link ImageService} have in common: everything about a service but its image. */
public abstract sealed class ServiceSettings extends ResourceArgs permits ServiceArgs, ImageServiceArgs {
    @Import(name = "serviceName")
    @Nullable
    Output<String> serviceName;

    @Import(name = "accessRoleArn")
    @Nullable
    Output<String> accessRoleArn;

    @Import(name = "port")
    @Nullable
    Output<Integer> port;

    @Import(name = "startCommand")
    @Nullable
    Output<String> startCommand;

    @Import(name = "environment")
    @Nullable
    Output<Map<String, String>> environment;

    @Import(name = "environmentSecrets")
    @Nullable
    Output<Map<String, String>> environmentSecrets;

    @Import(name = "cpu")
    @Nullable
    Output<String> cpu;

    @Import(name = "memory")
    @Nullable
    Output<String> memory;

    @Import(name = "instanceRoleArn")
    @Nullable
    Output<String> instanceRoleArn;

    @Import(name = "healthCheck")
    @Nullable
    Output<HealthCheckArgs> healthCheck;

    @Import(name = "scaling")
    @Nullable
    Output<ScalingArgs> scaling;

    @Import(name = "autoScalingConfigurationArn")
    @Nullable
    Output<String> autoScalingConfigurationArn;

    @Import(name = "network")
    @Nullable
    Output<NetworkArgs> network;

    @Import(name = "observability")
    @Nullable
    Output<ObservabilityArgs> observability;

    @Import(name = "kmsKey")
    @Nullable
    Output<String> kmsKey;

    @Import(name = "autoDeploy")
    @Nullable
    Output<Boolean> autoDeploy;

    @Import(name = "paused")
    @Nullable
    Output<Boolean> paused;

    @Import(name = "redeployOn")
    @Nullable
    Output<Map<String, String>> redeployOn;

    @Import(name = "redeployMovedTag")
    @Nullable
    Output<Boolean> redeployMovedTag;

    @Import(name = "tags")
    @Nullable
    Output<Map<String, String>> tags;

    ServiceSettings() {}

    ServiceSettings(ServiceSettings from) {
        this.serviceName = from.serviceName;
        this.accessRoleArn = from.accessRoleArn;
        this.port = from.port;
        this.startCommand = from.startCommand;
        this.environment = from.environment;
        this.environmentSecrets = from.environmentSecrets;
        this.cpu = from.cpu;
        this.memory = from.memory;
        this.instanceRoleArn = from.instanceRoleArn;
        this.healthCheck = from.healthCheck;
        this.scaling = from.scaling;
        this.autoScalingConfigurationArn = from.autoScalingConfigurationArn;
        this.network = from.network;
        this.observability = from.observability;
        this.kmsKey = from.kmsKey;
        this.autoDeploy = from.autoDeploy;
        this.paused = from.paused;
        this.redeployOn = from.redeployOn;
        this.redeployMovedTag = from.redeployMovedTag;
        this.tags = from.tags;
    }

    /**
     * Name of the service (App Runner: {@code ServiceName}): 4 to 40 letters, digits, hyphens and underscores,
     * beginning with a letter or digit. Default: the resource name with a random suffix. A change replaces the
     * service, because App Runner cannot rename one.
     */
    public Optional<Output<String>> serviceName() {
        return Optional.ofNullable(serviceName);
    }

    /**
     * Role that App Runner pulls the image with ({@code AuthenticationConfiguration.AccessRoleArn}), trusted by
     * {@code build.apprunner.amazonaws.com}. Needed for Amazon ECR, refused for ECR Public. Changed in place.
     */
    public Optional<Output<String>> accessRoleArn() {
        return Optional.ofNullable(accessRoleArn);
    }

    /**
     * Port on which the container listens ({@code ImageConfiguration.Port}), 1 to 65535; also given to it as the
     * variable {@code PORT}. Default 8080. Changed in place.
     */
    public Optional<Output<Integer>> port() {
        return Optional.ofNullable(port);
    }

    /**
     * Command that replaces the image's own ({@code ImageConfiguration.StartCommand}); one line. Default: the
     * image's. Changed in place.
     */
    public Optional<Output<String>> startCommand() {
        return Optional.ofNullable(startCommand);
    }

    /**
     * Environment variables ({@code ImageConfiguration.RuntimeEnvironmentVariables}). {@code PORT} and names that
     * begin with {@code AWSAPPRUNNER} are refused. Without it the service has none. Changed in place.
     */
    public Optional<Output<Map<String, String>>> environment() {
        return Optional.ofNullable(environment);
    }

    /**
     * Environment variables whose values App Runner reads at each deployment ({@code
     * ImageConfiguration.RuntimeEnvironmentSecrets}): each value is the ARN of a secret in AWS Secrets Manager
     * (optionally with {@code :JSON-KEY:STAGE:VERSION}), or the ARN or the name of a parameter in Systems
     * Manager. They are read with {@link #instanceRoleArn()}, which is then required. A new value of a secret
     * needs a deployment, see {@link #redeployOn()}. Without it the service has none. Changed in place.
     */
    public Optional<Output<Map<String, String>>> environmentSecrets() {
        return Optional.ofNullable(environmentSecrets);
    }

    /**
     * Processor share of each instance ({@code InstanceConfiguration.Cpu}): {@code 0.25}, {@code 0.5}, {@code 1},
     * {@code 2} or {@code 4 vCPU}, or the same in units of 1/1024 ({@code 256} to {@code 4096}). Without it App
     * Runner takes {@code 1 vCPU}. Changed in place.
     */
    public Optional<Output<String>> cpu() {
        return Optional.ofNullable(cpu);
    }

    /**
     * Memory of each instance ({@code InstanceConfiguration.Memory}): {@code 0.5} to {@code 12 GB}, or the same
     * in megabytes. With 0.25 vCPU 0.5 or 1 GB; 0.5: 1; 1: 2, 3 or 4; 2: 4 or 6; 4: 8, 10 or 12. Without it
     * App Runner takes {@code 2 GB}. Changed in place.
     */
    public Optional<Output<String>> memory() {
        return Optional.ofNullable(memory);
    }

    /**
     * Role that the running code has ({@code InstanceConfiguration.InstanceRoleArn}), trusted by {@code
     * tasks.apprunner.amazonaws.com}. Default: none. Changed in place.
     */
    public Optional<Output<String>> instanceRoleArn() {
        return Optional.ofNullable(instanceRoleArn);
    }

    /**
     * How App Runner decides that an instance is healthy ({@code HealthCheckConfiguration}). Without it App Runner asks by TCP.
     * Changed in place.
     */
    public Optional<Output<HealthCheckArgs>> healthCheck() {
        return Optional.ofNullable(healthCheck);
    }

    /**
     * How many instances may run; Slipway keeps an auto scaling configuration for the service, named after it,
     * and deletes the revisions that are no longer used. Default: the account's own default, at first 1 to 25
     * instances with 100 requests each. Not together with {@link #autoScalingConfigurationArn()}. Changed in
     * place; the service is deployed again.
     */
    public Optional<Output<ScalingArgs>> scaling() {
        return Optional.ofNullable(scaling);
    }

    /**
     * An auto scaling configuration of your own instead of {@link #scaling()} ({@code
     * AutoScalingConfigurationArn}); the ARN may end after the configuration's name, for the latest revision, or
     * after the revision. Changed in place; the service is deployed again.
     */
    public Optional<Output<String>> autoScalingConfigurationArn() {
        return Optional.ofNullable(autoScalingConfigurationArn);
    }

    /**
     * Which way traffic goes in and out ({@code NetworkConfiguration}). Without it App Runner leaves it open to the internet, by IPv4.
     * Changed in place.
     */
    public Optional<Output<NetworkArgs>> network() {
        return Optional.ofNullable(network);
    }

    /** Tracing ({@code ObservabilityConfiguration}). Without it App Runner does not trace. Changed in place. */
    public Optional<Output<ObservabilityArgs>> observability() {
        return Optional.ofNullable(observability);
    }

    /**
     * ARN of the KMS key that App Runner encrypts its copy of the image with ({@code
     * EncryptionConfiguration.KmsKey}); no alias. Default: a key of AWS. A change replaces the service.
     */
    public Optional<Output<String>> kmsKey() {
        return Optional.ofNullable(kmsKey);
    }

    /**
     * Whether a push to the image's tag deploys it ({@code AutoDeploymentsEnabled}). Default: true for a tag in
     * an ECR of the service's own account and region, else false; true is refused for ECR Public and for another
     * account's ECR. Changed in place.
     */
    public Optional<Output<Boolean>> autoDeploy() {
        return Optional.ofNullable(autoDeploy);
    }

    /**
     * Whether the service is paused: no instances, no cost for compute, its URL stays. Default: as it is. A
     * service that is made paused is started once. A change to a paused service that stays paused resumes it,
     * changes it, and pauses it again, because App Runner changes only running services.
     */
    public Optional<Output<Boolean>> paused() {
        return Optional.ofNullable(paused);
    }

    /**
     * Names and values of your own choice, for example the version of a secret: when one is added or changes, the
     * service is deployed again ({@code StartDeployment}), unless the change of another property does that
     * already. Kept in the state only.
     */
    public Optional<Output<Map<String, String>>> redeployOn() {
        return Optional.ofNullable(redeployOn);
    }

    /**
     * Whether a tag that names another image than when it was deployed is a reason to deploy again. Default
     * false: a preview tells it, and nothing is done. Without effect for an image named by digest and with
     * automatic deployment.
     */
    public Optional<Output<Boolean>> redeployMovedTag() {
        return Optional.ofNullable(redeployMovedTag);
    }

    /**
     * Tags of the service ({@code Tags}): keys of 1 to 128 characters that do not begin with {@code aws:}, values
     * of at most 256. Changed in place, without a deployment.
     */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }
}
