package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service's health check, as the cloud has it. */
@CustomType
public final class HealthCheck {
    private final @Nullable String protocol;
    private final @Nullable String path;
    private final @Nullable Integer interval;
    private final @Nullable Integer timeout;
    private final @Nullable Integer healthyThreshold;
    private final @Nullable Integer unhealthyThreshold;

    private HealthCheck(Builder from) {
        this.protocol = from.protocol;
        this.path = from.path;
        this.interval = from.interval;
        this.timeout = from.timeout;
        this.healthyThreshold = from.healthyThreshold;
        this.unhealthyThreshold = from.unhealthyThreshold;
    }

    /** {@code TCP} or {@code HTTP} ({@code HealthCheckConfiguration.Protocol}). Without it App Runner takes {@code TCP}. */
    public Optional<String> protocol() {
        return Optional.ofNullable(protocol);
    }

    /** Path that an HTTP check asks for ({@code Path}). Without it App Runner takes {@code /}. */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** Seconds between two checks ({@code Interval}), 1 to 20. Without it App Runner takes 5. */
    public Optional<Integer> interval() {
        return Optional.ofNullable(interval);
    }

    /** Seconds that an answer may take ({@code Timeout}), 1 to 20. Without it App Runner takes 2. */
    public Optional<Integer> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Good answers in a row that make an instance healthy ({@code HealthyThreshold}), 1 to 20. Without it App Runner takes 1. */
    public Optional<Integer> healthyThreshold() {
        return Optional.ofNullable(healthyThreshold);
    }

    /** Bad answers in a row that make an instance unhealthy ({@code UnhealthyThreshold}), 1 to 20. Without it App Runner takes 5. */
    public Optional<Integer> unhealthyThreshold() {
        return Optional.ofNullable(unhealthyThreshold);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String protocol;
        private @Nullable String path;
        private @Nullable Integer interval;
        private @Nullable Integer timeout;
        private @Nullable Integer healthyThreshold;
        private @Nullable Integer unhealthyThreshold;

        @CustomType.Setter
        public Builder protocol(@Nullable String protocol) {
            this.protocol = protocol;
            return this;
        }

        @CustomType.Setter
        public Builder path(@Nullable String path) {
            this.path = path;
            return this;
        }

        @CustomType.Setter
        public Builder interval(@Nullable Integer interval) {
            this.interval = interval;
            return this;
        }

        @CustomType.Setter
        public Builder timeout(@Nullable Integer timeout) {
            this.timeout = timeout;
            return this;
        }

        @CustomType.Setter
        public Builder healthyThreshold(@Nullable Integer healthyThreshold) {
            this.healthyThreshold = healthyThreshold;
            return this;
        }

        @CustomType.Setter
        public Builder unhealthyThreshold(@Nullable Integer unhealthyThreshold) {
            this.unhealthyThreshold = unhealthyThreshold;
            return this;
        }

        public HealthCheck build() {
            return new HealthCheck(this);
        }
    }
}
