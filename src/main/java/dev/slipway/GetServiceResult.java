package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service that somebody else manages. */
@CustomType
public final class GetServiceResult {
    private final String serviceName;
    private final String arn;
    private final String serviceId;
    private final @Nullable String url;
    private final String status;
    private final String image;
    private final @Nullable String accessRoleArn;
    private final @Nullable String instanceRoleArn;
    private final @Nullable Integer port;
    private final @Nullable String cpu;
    private final @Nullable String memory;
    private final @Nullable HealthCheck healthCheck;
    private final @Nullable Scaling scaling;
    private final @Nullable Network network;
    private final @Nullable Boolean autoDeploy;
    private final @Nullable Boolean paused;
    private final @Nullable Map<String, String> tags;

    private GetServiceResult(Builder from) {
        this.serviceName = Objects.requireNonNull(from.serviceName, "serviceName is null");
        this.arn = Objects.requireNonNull(from.arn, "arn is null");
        this.serviceId = Objects.requireNonNull(from.serviceId, "serviceId is null");
        this.url = from.url;
        this.status = Objects.requireNonNull(from.status, "status is null");
        this.image = Objects.requireNonNull(from.image, "image is null");
        this.accessRoleArn = from.accessRoleArn;
        this.instanceRoleArn = from.instanceRoleArn;
        this.port = from.port;
        this.cpu = from.cpu;
        this.memory = from.memory;
        this.healthCheck = from.healthCheck;
        this.scaling = from.scaling;
        this.network = from.network;
        this.autoDeploy = from.autoDeploy;
        this.paused = from.paused;
        this.tags = from.tags;
    }

    /** Its name. */
    public String serviceName() {
        return serviceName;
    }

    /** Its ARN. */
    public String arn() {
        return arn;
    }

    /** Its id in App Runner. */
    public String serviceId() {
        return serviceId;
    }

    /** Where it answers, with the scheme; empty for a private service that nothing leads to. */
    public Optional<String> url() {
        return Optional.ofNullable(url);
    }

    /** App Runner's word for its state, for example {@code RUNNING}. */
    public String status() {
        return status;
    }

    /** The image that it runs. */
    public String image() {
        return image;
    }

    /** Role that the image is pulled with. */
    public Optional<String> accessRoleArn() {
        return Optional.ofNullable(accessRoleArn);
    }

    /** Role of the running code. */
    public Optional<String> instanceRoleArn() {
        return Optional.ofNullable(instanceRoleArn);
    }

    /** Port on which the container listens. */
    public Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    /** Processor share of each instance, in units of 1/1024. */
    public Optional<String> cpu() {
        return Optional.ofNullable(cpu);
    }

    /** Memory of each instance, in megabytes. */
    public Optional<String> memory() {
        return Optional.ofNullable(memory);
    }

    /** How App Runner decides that an instance is healthy. */
    public Optional<HealthCheck> healthCheck() {
        return Optional.ofNullable(healthCheck);
    }

    /** How many instances may run; empty when that may not be read. */
    public Optional<Scaling> scaling() {
        return Optional.ofNullable(scaling);
    }

    /** Which way traffic goes. */
    public Optional<Network> network() {
        return Optional.ofNullable(network);
    }

    /** Whether a push to the image's tag deploys it. */
    public Optional<Boolean> autoDeploy() {
        return Optional.ofNullable(autoDeploy);
    }

    /** Whether it is paused; empty while an operation is under way. */
    public Optional<Boolean> paused() {
        return Optional.ofNullable(paused);
    }

    /** Its tags, without those of AWS and of Slipway. */
    public Optional<Map<String, String>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String serviceName;
        private @Nullable String arn;
        private @Nullable String serviceId;
        private @Nullable String url;
        private @Nullable String status;
        private @Nullable String image;
        private @Nullable String accessRoleArn;
        private @Nullable String instanceRoleArn;
        private @Nullable Integer port;
        private @Nullable String cpu;
        private @Nullable String memory;
        private @Nullable HealthCheck healthCheck;
        private @Nullable Scaling scaling;
        private @Nullable Network network;
        private @Nullable Boolean autoDeploy;
        private @Nullable Boolean paused;
        private @Nullable Map<String, String> tags;

        @CustomType.Setter
        public Builder serviceName(String serviceName) {
            this.serviceName = serviceName;
            return this;
        }

        @CustomType.Setter
        public Builder arn(String arn) {
            this.arn = arn;
            return this;
        }

        @CustomType.Setter
        public Builder serviceId(String serviceId) {
            this.serviceId = serviceId;
            return this;
        }

        @CustomType.Setter
        public Builder url(@Nullable String url) {
            this.url = url;
            return this;
        }

        @CustomType.Setter
        public Builder status(String status) {
            this.status = status;
            return this;
        }

        @CustomType.Setter
        public Builder image(String image) {
            this.image = image;
            return this;
        }

        @CustomType.Setter
        public Builder accessRoleArn(@Nullable String accessRoleArn) {
            this.accessRoleArn = accessRoleArn;
            return this;
        }

        @CustomType.Setter
        public Builder instanceRoleArn(@Nullable String instanceRoleArn) {
            this.instanceRoleArn = instanceRoleArn;
            return this;
        }

        @CustomType.Setter
        public Builder port(@Nullable Integer port) {
            this.port = port;
            return this;
        }

        @CustomType.Setter
        public Builder cpu(@Nullable String cpu) {
            this.cpu = cpu;
            return this;
        }

        @CustomType.Setter
        public Builder memory(@Nullable String memory) {
            this.memory = memory;
            return this;
        }

        @CustomType.Setter
        public Builder healthCheck(@Nullable HealthCheck healthCheck) {
            this.healthCheck = healthCheck;
            return this;
        }

        @CustomType.Setter
        public Builder scaling(@Nullable Scaling scaling) {
            this.scaling = scaling;
            return this;
        }

        @CustomType.Setter
        public Builder network(@Nullable Network network) {
            this.network = network;
            return this;
        }

        @CustomType.Setter
        public Builder autoDeploy(@Nullable Boolean autoDeploy) {
            this.autoDeploy = autoDeploy;
            return this;
        }

        @CustomType.Setter
        public Builder paused(@Nullable Boolean paused) {
            this.paused = paused;
            return this;
        }

        @CustomType.Setter
        public Builder tags(@Nullable Map<String, String> tags) {
            this.tags = tags;
            return this;
        }

        public GetServiceResult build() {
            return new GetServiceResult(this);
        }
    }
}
