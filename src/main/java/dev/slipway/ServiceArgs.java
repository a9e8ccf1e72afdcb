package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Service} shall be. */
public final class ServiceArgs extends ResourceArgs {
    @Import(name = "serviceName")
    private @Nullable Output<String> serviceName;

    @Import(name = "image", required = true)
    private @Nullable Output<String> image;

    @Import(name = "accessRoleArn")
    private @Nullable Output<String> accessRoleArn;

    @Import(name = "port")
    private @Nullable Output<Integer> port;

    @Import(name = "startCommand")
    private @Nullable Output<String> startCommand;

    @Import(name = "environment")
    private @Nullable Output<Map<String, String>> environment;

    @Import(name = "cpu")
    private @Nullable Output<String> cpu;

    @Import(name = "memory")
    private @Nullable Output<String> memory;

    @Import(name = "instanceRoleArn")
    private @Nullable Output<String> instanceRoleArn;

    @Import(name = "healthCheck")
    private @Nullable Output<HealthCheckArgs> healthCheck;

    @Import(name = "scaling")
    private @Nullable Output<ScalingArgs> scaling;

    @Import(name = "autoDeploy")
    private @Nullable Output<Boolean> autoDeploy;

    @Import(name = "tags")
    private @Nullable Output<Map<String, String>> tags;

    private ServiceArgs() {}

    private ServiceArgs(ServiceArgs from) {
        this.serviceName = from.serviceName;
        this.image = from.image;
        this.accessRoleArn = from.accessRoleArn;
        this.port = from.port;
        this.startCommand = from.startCommand;
        this.environment = from.environment;
        this.cpu = from.cpu;
        this.memory = from.memory;
        this.instanceRoleArn = from.instanceRoleArn;
        this.healthCheck = from.healthCheck;
        this.scaling = from.scaling;
        this.autoDeploy = from.autoDeploy;
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
     * Image to run ({@code ImageRepository.ImageIdentifier}): {@code
     * ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME[:TAG][@DIGEST]} or {@code
     * public.ecr.aws/ALIAS/NAME[:TAG][@DIGEST]}. Changed in place.
     */
    public Optional<Output<String>> image() {
        return Optional.ofNullable(image);
    }

    /**
     * Role that App Runner pulls the image with ({@code AuthenticationConfiguration.AccessRoleArn}), trusted by
     * {@code build.apprunner.amazonaws.com}. Needed for Amazon ECR, refused for ECR Public. Changed in place.
     */
    public Optional<Output<String>> accessRoleArn() {
        return Optional.ofNullable(accessRoleArn);
    }

    /**
     * Port on which the container listens ({@code ImageConfiguration.Port}), 1 to 65535; also given to it as
     * the variable {@code PORT}. Default 8080. Changed in place.
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
     * Environment variables ({@code ImageConfiguration.RuntimeEnvironmentVariables}). {@code PORT} and names
     * that begin with {@code AWSAPPRUNNER} are refused. Changed in place.
     */
    public Optional<Output<Map<String, String>>> environment() {
        return Optional.ofNullable(environment);
    }

    /**
     * Processor share of each instance ({@code InstanceConfiguration.Cpu}): {@code 0.25}, {@code 0.5}, {@code
     * 1}, {@code 2} or {@code 4 vCPU}, or the same in units of 1/1024 ({@code 256} to {@code 4096}). Default
     * {@code 1 vCPU}. Changed in place.
     */
    public Optional<Output<String>> cpu() {
        return Optional.ofNullable(cpu);
    }

    /**
     * Memory of each instance ({@code InstanceConfiguration.Memory}): {@code 0.5} to {@code 12 GB}, or the same
     * in megabytes. With 0.25 vCPU 0.5 or 1 GB; 0.5: 1; 1: 2, 3 or 4; 2: 4 or 6; 4: 8, 10 or 12. Default {@code
     * 2 GB}. Changed in place.
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
     * How App Runner decides that an instance is healthy ({@code HealthCheckConfiguration}). Default: TCP.
     * Changed in place.
     */
    public Optional<Output<HealthCheckArgs>> healthCheck() {
        return Optional.ofNullable(healthCheck);
    }

    /**
     * How many instances may run ({@code AutoScalingConfiguration}). Default: the cloud's, 1 to 25 instances
     * with 100 requests each. Changed in place; the service is deployed again.
     */
    public Optional<Output<ScalingArgs>> scaling() {
        return Optional.ofNullable(scaling);
    }

    /**
     * Whether a push to the image's tag deploys it ({@code AutoDeploymentsEnabled}). Default: true for a tag in
     * an ECR of the service's own account, else false; true is refused for ECR Public and for another account's
     * ECR. Changed in place.
     */
    public Optional<Output<Boolean>> autoDeploy() {
        return Optional.ofNullable(autoDeploy);
    }

    /**
     * Tags of the service ({@code Tags}): keys of 1 to 128 characters that do not begin with {@code aws:},
     * values of at most 256. Changed in place, without a deployment.
     */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder(new ServiceArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(ServiceArgs defaults) {
        return new Builder(new ServiceArgs(defaults));
    }

    public static final class Builder {
        private final ServiceArgs args;

        private Builder(ServiceArgs args) {
            this.args = args;
        }

        /** @see ServiceArgs#serviceName() */
        public Builder serviceName(@Nullable Output<String> serviceName) {
            args.serviceName = serviceName;
            return this;
        }

        /** @see ServiceArgs#serviceName() */
        public Builder serviceName(String serviceName) {
            return serviceName(Output.of(serviceName));
        }

        /** @see ServiceArgs#image() */
        public Builder image(@Nullable Output<String> image) {
            args.image = image;
            return this;
        }

        /** @see ServiceArgs#image() */
        public Builder image(String image) {
            return image(Output.of(image));
        }

        /** @see ServiceArgs#accessRoleArn() */
        public Builder accessRoleArn(@Nullable Output<String> accessRoleArn) {
            args.accessRoleArn = accessRoleArn;
            return this;
        }

        /** @see ServiceArgs#accessRoleArn() */
        public Builder accessRoleArn(String accessRoleArn) {
            return accessRoleArn(Output.of(accessRoleArn));
        }

        /** @see ServiceArgs#port() */
        public Builder port(@Nullable Output<Integer> port) {
            args.port = port;
            return this;
        }

        /** @see ServiceArgs#port() */
        public Builder port(Integer port) {
            return port(Output.of(port));
        }

        /** @see ServiceArgs#startCommand() */
        public Builder startCommand(@Nullable Output<String> startCommand) {
            args.startCommand = startCommand;
            return this;
        }

        /** @see ServiceArgs#startCommand() */
        public Builder startCommand(String startCommand) {
            return startCommand(Output.of(startCommand));
        }

        /** @see ServiceArgs#environment() */
        public Builder environment(@Nullable Output<Map<String, String>> environment) {
            args.environment = environment;
            return this;
        }

        /** @see ServiceArgs#environment() */
        public Builder environment(Map<String, String> environment) {
            return environment(Output.of(environment));
        }

        /** @see ServiceArgs#cpu() */
        public Builder cpu(@Nullable Output<String> cpu) {
            args.cpu = cpu;
            return this;
        }

        /** @see ServiceArgs#cpu() */
        public Builder cpu(String cpu) {
            return cpu(Output.of(cpu));
        }

        /** @see ServiceArgs#memory() */
        public Builder memory(@Nullable Output<String> memory) {
            args.memory = memory;
            return this;
        }

        /** @see ServiceArgs#memory() */
        public Builder memory(String memory) {
            return memory(Output.of(memory));
        }

        /** @see ServiceArgs#instanceRoleArn() */
        public Builder instanceRoleArn(@Nullable Output<String> instanceRoleArn) {
            args.instanceRoleArn = instanceRoleArn;
            return this;
        }

        /** @see ServiceArgs#instanceRoleArn() */
        public Builder instanceRoleArn(String instanceRoleArn) {
            return instanceRoleArn(Output.of(instanceRoleArn));
        }

        /** @see ServiceArgs#healthCheck() */
        public Builder healthCheck(@Nullable Output<HealthCheckArgs> healthCheck) {
            args.healthCheck = healthCheck;
            return this;
        }

        /** @see ServiceArgs#healthCheck() */
        public Builder healthCheck(HealthCheckArgs healthCheck) {
            return healthCheck(Output.of(healthCheck));
        }

        /** @see ServiceArgs#scaling() */
        public Builder scaling(@Nullable Output<ScalingArgs> scaling) {
            args.scaling = scaling;
            return this;
        }

        /** @see ServiceArgs#scaling() */
        public Builder scaling(ScalingArgs scaling) {
            return scaling(Output.of(scaling));
        }

        /** @see ServiceArgs#autoDeploy() */
        public Builder autoDeploy(@Nullable Output<Boolean> autoDeploy) {
            args.autoDeploy = autoDeploy;
            return this;
        }

        /** @see ServiceArgs#autoDeploy() */
        public Builder autoDeploy(Boolean autoDeploy) {
            return autoDeploy(Output.of(autoDeploy));
        }

        /** @see ServiceArgs#tags() */
        public Builder tags(@Nullable Output<Map<String, String>> tags) {
            args.tags = tags;
            return this;
        }

        /** @see ServiceArgs#tags() */
        public Builder tags(Map<String, String> tags) {
            return tags(Output.of(tags));
        }

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public ServiceArgs build() {
            if (args.image == null) {
                throw new MissingRequiredPropertyException("ServiceArgs", "image");
            }
            return new ServiceArgs(args);
        }
    }
}
