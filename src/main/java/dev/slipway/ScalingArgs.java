package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Limits of automatic scaling (an App Runner auto scaling configuration). All of it is changed in place. */
public final class ScalingArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final ScalingArgs Empty = new ScalingArgs();

    @Import(name = "minSize")
    private @Nullable Output<Integer> minSize;

    @Import(name = "maxSize")
    private @Nullable Output<Integer> maxSize;

    @Import(name = "maxConcurrency")
    private @Nullable Output<Integer> maxConcurrency;

    private ScalingArgs() {}

    private ScalingArgs(ScalingArgs from) {
        this.minSize = from.minSize;
        this.maxSize = from.maxSize;
        this.maxConcurrency = from.maxConcurrency;
    }

    /** Instances that are always there ({@code MinSize}), 1 to 25. Default 1. */
    public Optional<Output<Integer>> minSize() {
        return Optional.ofNullable(minSize);
    }

    /** Most instances that may run ({@code MaxSize}), 1 to 25, not less than {@code minSize}. Default 25. */
    public Optional<Output<Integer>> maxSize() {
        return Optional.ofNullable(maxSize);
    }

    /**
     * Requests that one instance answers at once before another is started ({@code MaxConcurrency}), 1 to 200.
     * Default 100.
     */
    public Optional<Output<Integer>> maxConcurrency() {
        return Optional.ofNullable(maxConcurrency);
    }

    public static Builder builder() {
        return new Builder(new ScalingArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(ScalingArgs defaults) {
        return new Builder(new ScalingArgs(defaults));
    }

    public static final class Builder {
        private final ScalingArgs args;

        private Builder(ScalingArgs args) {
            this.args = args;
        }

        /** @see ScalingArgs#minSize() */
        public Builder minSize(@Nullable Output<Integer> minSize) {
            args.minSize = minSize;
            return this;
        }

        /** @see ScalingArgs#minSize() */
        public Builder minSize(Integer minSize) {
            return minSize(Output.of(minSize));
        }

        /** @see ScalingArgs#maxSize() */
        public Builder maxSize(@Nullable Output<Integer> maxSize) {
            args.maxSize = maxSize;
            return this;
        }

        /** @see ScalingArgs#maxSize() */
        public Builder maxSize(Integer maxSize) {
            return maxSize(Output.of(maxSize));
        }

        /** @see ScalingArgs#maxConcurrency() */
        public Builder maxConcurrency(@Nullable Output<Integer> maxConcurrency) {
            args.maxConcurrency = maxConcurrency;
            return this;
        }

        /** @see ScalingArgs#maxConcurrency() */
        public Builder maxConcurrency(Integer maxConcurrency) {
            return maxConcurrency(Output.of(maxConcurrency));
        }

        public ScalingArgs build() {
            return new ScalingArgs(args);
        }
    }
}
