package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link ImageService} shall be: an image, and the properties of its {@link Service}. */
public final class ImageServiceArgs extends ResourceArgs {
    @Import(name = "image", required = true)
    private @Nullable String image;

    @Import(name = "accountId")
    private @Nullable String accountId;

    private @Nullable Provider repositoryProvider;

    @Import(name = "serviceName")
    private @Nullable Output<String> serviceName;

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

    private ImageServiceArgs() {}

    /**
     * Image to run: {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME[:TAG][@DIGEST]} or {@code
     * public.ecr.aws/ALIAS/NAME[:TAG][@DIGEST]}. A plain text, because what has to be declared depends on it.
     */
    public String image() {
        if (image == null) {
            throw new MissingRequiredPropertyException("ImageServiceArgs", "image");
        }
        return image;
    }

    /**
     * Account of the service, twelve digits. Default: the account of the image, or another one when {@link
     * #repositoryProvider()} is set. An image in another account's ECR needs a policy there.
     */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /**
     * Credentials of the image's account; needed for an image in another account's ECR, without effect for
     * others.
     */
    public Optional<Provider> repositoryProvider() {
        return Optional.ofNullable(repositoryProvider);
    }

    /** @see ServiceArgs#serviceName() */
    public Optional<Output<String>> serviceName() {
        return Optional.ofNullable(serviceName);
    }

    /**
     * A role of your own to pull with. Default: an {@link AccessRole} for just this repository, where the
     * source needs one.
     */
    public Optional<Output<String>> accessRoleArn() {
        return Optional.ofNullable(accessRoleArn);
    }

    /** @see ServiceArgs#port() */
    public Optional<Output<Integer>> port() {
        return Optional.ofNullable(port);
    }

    /** @see ServiceArgs#startCommand() */
    public Optional<Output<String>> startCommand() {
        return Optional.ofNullable(startCommand);
    }

    /** @see ServiceArgs#environment() */
    public Optional<Output<Map<String, String>>> environment() {
        return Optional.ofNullable(environment);
    }

    /** @see ServiceArgs#cpu() */
    public Optional<Output<String>> cpu() {
        return Optional.ofNullable(cpu);
    }

    /** @see ServiceArgs#memory() */
    public Optional<Output<String>> memory() {
        return Optional.ofNullable(memory);
    }

    /** @see ServiceArgs#instanceRoleArn() */
    public Optional<Output<String>> instanceRoleArn() {
        return Optional.ofNullable(instanceRoleArn);
    }

    /** @see ServiceArgs#healthCheck() */
    public Optional<Output<HealthCheckArgs>> healthCheck() {
        return Optional.ofNullable(healthCheck);
    }

    /** @see ServiceArgs#scaling() */
    public Optional<Output<ScalingArgs>> scaling() {
        return Optional.ofNullable(scaling);
    }

    /** @see ServiceArgs#autoDeploy() */
    public Optional<Output<Boolean>> autoDeploy() {
        return Optional.ofNullable(autoDeploy);
    }

    /** @see ServiceArgs#tags() */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Each property has its documentation at its getter. */
    public static final class Builder {
        private final ImageServiceArgs args = new ImageServiceArgs();

        public Builder image(String image) {
            args.image = image;
            return this;
        }

        public Builder accountId(@Nullable String accountId) {
            args.accountId = accountId;
            return this;
        }

        public Builder repositoryProvider(@Nullable Provider repositoryProvider) {
            args.repositoryProvider = repositoryProvider;
            return this;
        }

        public Builder serviceName(@Nullable Output<String> serviceName) {
            args.serviceName = serviceName;
            return this;
        }

        public Builder serviceName(String serviceName) {
            return serviceName(Output.of(serviceName));
        }

        public Builder accessRoleArn(@Nullable Output<String> accessRoleArn) {
            args.accessRoleArn = accessRoleArn;
            return this;
        }

        public Builder accessRoleArn(String accessRoleArn) {
            return accessRoleArn(Output.of(accessRoleArn));
        }

        public Builder port(@Nullable Output<Integer> port) {
            args.port = port;
            return this;
        }

        public Builder port(Integer port) {
            return port(Output.of(port));
        }

        public Builder startCommand(@Nullable Output<String> startCommand) {
            args.startCommand = startCommand;
            return this;
        }

        public Builder startCommand(String startCommand) {
            return startCommand(Output.of(startCommand));
        }

        public Builder environment(@Nullable Output<Map<String, String>> environment) {
            args.environment = environment;
            return this;
        }

        public Builder environment(Map<String, String> environment) {
            return environment(Output.of(environment));
        }

        public Builder cpu(@Nullable Output<String> cpu) {
            args.cpu = cpu;
            return this;
        }

        public Builder cpu(String cpu) {
            return cpu(Output.of(cpu));
        }

        public Builder memory(@Nullable Output<String> memory) {
            args.memory = memory;
            return this;
        }

        public Builder memory(String memory) {
            return memory(Output.of(memory));
        }

        public Builder instanceRoleArn(@Nullable Output<String> instanceRoleArn) {
            args.instanceRoleArn = instanceRoleArn;
            return this;
        }

        public Builder instanceRoleArn(String instanceRoleArn) {
            return instanceRoleArn(Output.of(instanceRoleArn));
        }

        public Builder healthCheck(@Nullable Output<HealthCheckArgs> healthCheck) {
            args.healthCheck = healthCheck;
            return this;
        }

        public Builder healthCheck(HealthCheckArgs healthCheck) {
            return healthCheck(Output.of(healthCheck));
        }

        public Builder scaling(@Nullable Output<ScalingArgs> scaling) {
            args.scaling = scaling;
            return this;
        }

        public Builder scaling(ScalingArgs scaling) {
            return scaling(Output.of(scaling));
        }

        public Builder autoDeploy(@Nullable Output<Boolean> autoDeploy) {
            args.autoDeploy = autoDeploy;
            return this;
        }

        public Builder autoDeploy(Boolean autoDeploy) {
            return autoDeploy(Output.of(autoDeploy));
        }

        public Builder tags(@Nullable Output<Map<String, String>> tags) {
            args.tags = tags;
            return this;
        }

        public Builder tags(Map<String, String> tags) {
            return tags(Output.of(tags));
        }

        /** @throws MissingRequiredPropertyException when there is no image */
        public ImageServiceArgs build() {
            if (args.image == null) {
                throw new MissingRequiredPropertyException("ImageServiceArgs", "image");
            }
            return args;
        }
    }
}
