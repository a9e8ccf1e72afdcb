package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How App Runner decides that an instance is healthy. All of it is changed in place. */
public final class HealthCheckArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final HealthCheckArgs Empty = new HealthCheckArgs();

    @Import(name = "protocol")
    private @Nullable Output<String> protocol;

    @Import(name = "path")
    private @Nullable Output<String> path;

    @Import(name = "interval")
    private @Nullable Output<Integer> interval;

    @Import(name = "timeout")
    private @Nullable Output<Integer> timeout;

    @Import(name = "healthyThreshold")
    private @Nullable Output<Integer> healthyThreshold;

    @Import(name = "unhealthyThreshold")
    private @Nullable Output<Integer> unhealthyThreshold;

    private HealthCheckArgs() {}

    private HealthCheckArgs(HealthCheckArgs from) {
        this.protocol = from.protocol;
        this.path = from.path;
        this.interval = from.interval;
        this.timeout = from.timeout;
        this.healthyThreshold = from.healthyThreshold;
        this.unhealthyThreshold = from.unhealthyThreshold;
    }

    /** {@code TCP} or {@code HTTP} ({@code HealthCheckConfiguration.Protocol}). Without it App Runner takes {@code TCP}. */
    public Optional<Output<String>> protocol() {
        return Optional.ofNullable(protocol);
    }

    /** Path that an HTTP check asks for ({@code Path}). Without it App Runner takes {@code /}. */
    public Optional<Output<String>> path() {
        return Optional.ofNullable(path);
    }

    /** Seconds between two checks ({@code Interval}), 1 to 20. Without it App Runner takes 5. */
    public Optional<Output<Integer>> interval() {
        return Optional.ofNullable(interval);
    }

    /** Seconds that an answer may take ({@code Timeout}), 1 to 20. Without it App Runner takes 2. */
    public Optional<Output<Integer>> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Good answers in a row that make an instance healthy ({@code HealthyThreshold}), 1 to 20. Without it App Runner takes 1. */
    public Optional<Output<Integer>> healthyThreshold() {
        return Optional.ofNullable(healthyThreshold);
    }

    /** Bad answers in a row that make an instance unhealthy ({@code UnhealthyThreshold}), 1 to 20. Without it App Runner takes 5. */
    public Optional<Output<Integer>> unhealthyThreshold() {
        return Optional.ofNullable(unhealthyThreshold);
    }

    public static Builder builder() {
        return new Builder(new HealthCheckArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(HealthCheckArgs defaults) {
        return new Builder(new HealthCheckArgs(defaults));
    }

    public static final class Builder {
        private final HealthCheckArgs args;

        private Builder(HealthCheckArgs args) {
            this.args = args;
        }

        /** @see HealthCheckArgs#protocol() */
        public Builder protocol(@Nullable Output<String> protocol) {
            args.protocol = protocol;
            return this;
        }

        /** @see HealthCheckArgs#protocol() */
        public Builder protocol(String protocol) {
            return protocol(Output.of(protocol));
        }

        /** @see HealthCheckArgs#path() */
        public Builder path(@Nullable Output<String> path) {
            args.path = path;
            return this;
        }

        /** @see HealthCheckArgs#path() */
        public Builder path(String path) {
            return path(Output.of(path));
        }

        /** @see HealthCheckArgs#interval() */
        public Builder interval(@Nullable Output<Integer> interval) {
            args.interval = interval;
            return this;
        }

        /** @see HealthCheckArgs#interval() */
        public Builder interval(Integer interval) {
            return interval(Output.of(interval));
        }

        /** @see HealthCheckArgs#timeout() */
        public Builder timeout(@Nullable Output<Integer> timeout) {
            args.timeout = timeout;
            return this;
        }

        /** @see HealthCheckArgs#timeout() */
        public Builder timeout(Integer timeout) {
            return timeout(Output.of(timeout));
        }

        /** @see HealthCheckArgs#healthyThreshold() */
        public Builder healthyThreshold(@Nullable Output<Integer> healthyThreshold) {
            args.healthyThreshold = healthyThreshold;
            return this;
        }

        /** @see HealthCheckArgs#healthyThreshold() */
        public Builder healthyThreshold(Integer healthyThreshold) {
            return healthyThreshold(Output.of(healthyThreshold));
        }

        /** @see HealthCheckArgs#unhealthyThreshold() */
        public Builder unhealthyThreshold(@Nullable Output<Integer> unhealthyThreshold) {
            args.unhealthyThreshold = unhealthyThreshold;
            return this;
        }

        /** @see HealthCheckArgs#unhealthyThreshold() */
        public Builder unhealthyThreshold(Integer unhealthyThreshold) {
            return unhealthyThreshold(Output.of(unhealthyThreshold));
        }

        public HealthCheckArgs build() {
            return new HealthCheckArgs(args);
        }
    }
}
