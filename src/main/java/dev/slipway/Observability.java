package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracing of a service, as the cloud has it. */
@CustomType
public final class Observability {
    private final @Nullable Boolean enabled;
    private final @Nullable String configurationArn;

    private Observability(Builder from) {
        this.enabled = from.enabled;
        this.configurationArn = from.configurationArn;
    }

    /** Whether requests are traced ({@code ObservabilityEnabled}). Default: true when a configuration is given. */
    public Optional<Boolean> enabled() {
        return Optional.ofNullable(enabled);
    }

    /**
     * What to trace with ({@code ObservabilityConfigurationArn}); the ARN may end after the configuration's name,
     * for the latest revision, or after the revision.
     */
    public Optional<String> configurationArn() {
        return Optional.ofNullable(configurationArn);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable Boolean enabled;
        private @Nullable String configurationArn;

        @CustomType.Setter
        public Builder enabled(@Nullable Boolean enabled) {
            this.enabled = enabled;
            return this;
        }

        @CustomType.Setter
        public Builder configurationArn(@Nullable String configurationArn) {
            this.configurationArn = configurationArn;
            return this;
        }

        public Observability build() {
            return new Observability(this);
        }
    }
}
