package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tracing of a service ({@code ObservabilityConfiguration}). All of it is changed in place. */
public final class ObservabilityArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final ObservabilityArgs Empty = new ObservabilityArgs();

    @Import(name = "enabled")
    private @Nullable Output<Boolean> enabled;

    @Import(name = "configurationArn")
    private @Nullable Output<String> configurationArn;

    private ObservabilityArgs() {}

    private ObservabilityArgs(ObservabilityArgs from) {
        this.enabled = from.enabled;
        this.configurationArn = from.configurationArn;
    }

    /** Whether requests are traced ({@code ObservabilityEnabled}). Default: true when a configuration is given. */
    public Optional<Output<Boolean>> enabled() {
        return Optional.ofNullable(enabled);
    }

    /**
     * What to trace with ({@code ObservabilityConfigurationArn}); the ARN may end after the configuration's name,
     * for the latest revision, or after the revision.
     */
    public Optional<Output<String>> configurationArn() {
        return Optional.ofNullable(configurationArn);
    }

    public static Builder builder() {
        return new Builder(new ObservabilityArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(ObservabilityArgs defaults) {
        return new Builder(new ObservabilityArgs(defaults));
    }

    public static final class Builder {
        private final ObservabilityArgs args;

        private Builder(ObservabilityArgs args) {
            this.args = args;
        }

        /** @see ObservabilityArgs#enabled() */
        public Builder enabled(@Nullable Output<Boolean> enabled) {
            args.enabled = enabled;
            return this;
        }

        /** @see ObservabilityArgs#enabled() */
        public Builder enabled(Boolean enabled) {
            return enabled(Output.of(enabled));
        }

        /** @see ObservabilityArgs#configurationArn() */
        public Builder configurationArn(@Nullable Output<String> configurationArn) {
            args.configurationArn = configurationArn;
            return this;
        }

        /** @see ObservabilityArgs#configurationArn() */
        public Builder configurationArn(String configurationArn) {
            return configurationArn(Output.of(configurationArn));
        }

        public ObservabilityArgs build() {
            return new ObservabilityArgs(args);
        }
    }
}
