package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service's scaling limits, as the cloud has them. */
@CustomType
public final class Scaling {
    private final @Nullable Integer minSize;
    private final @Nullable Integer maxSize;
    private final @Nullable Integer maxConcurrency;

    private Scaling(Builder from) {
        this.minSize = from.minSize;
        this.maxSize = from.maxSize;
        this.maxConcurrency = from.maxConcurrency;
    }

    /** Instances that are always there ({@code MinSize}), 1 to 25. Default 1. */
    public Optional<Integer> minSize() {
        return Optional.ofNullable(minSize);
    }

    /** Most instances that may run ({@code MaxSize}), 1 to 25, not less than {@code minSize}. Default 25. */
    public Optional<Integer> maxSize() {
        return Optional.ofNullable(maxSize);
    }

    /**
     * Requests that one instance answers at once before another is started ({@code MaxConcurrency}), 1 to 200.
     * Default 100.
     */
    public Optional<Integer> maxConcurrency() {
        return Optional.ofNullable(maxConcurrency);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable Integer minSize;
        private @Nullable Integer maxSize;
        private @Nullable Integer maxConcurrency;

        @CustomType.Setter
        public Builder minSize(@Nullable Integer minSize) {
            this.minSize = minSize;
            return this;
        }

        @CustomType.Setter
        public Builder maxSize(@Nullable Integer maxSize) {
            this.maxSize = maxSize;
            return this;
        }

        @CustomType.Setter
        public Builder maxConcurrency(@Nullable Integer maxConcurrency) {
            this.maxConcurrency = maxConcurrency;
            return this;
        }

        public Scaling build() {
            return new Scaling(this);
        }
    }
}
