package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.InvokeArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which service {@link SlipwayFunctions#getService} looks up: one of the two. */
public final class GetServiceArgs extends InvokeArgs {
    @Import(name = "serviceName")
    private @Nullable Output<String> serviceName;

    @Import(name = "arn")
    private @Nullable Output<String> arn;

    private GetServiceArgs() {}

    private GetServiceArgs(GetServiceArgs from) {
        this.serviceName = from.serviceName;
        this.arn = from.arn;
    }

    /** Its name. */
    public Optional<Output<String>> serviceName() {
        return Optional.ofNullable(serviceName);
    }

    /** Its ARN. */
    public Optional<Output<String>> arn() {
        return Optional.ofNullable(arn);
    }

    public static Builder builder() {
        return new Builder(new GetServiceArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(GetServiceArgs defaults) {
        return new Builder(new GetServiceArgs(defaults));
    }

    public static final class Builder {
        private final GetServiceArgs args;

        private Builder(GetServiceArgs args) {
            this.args = args;
        }

        /** @see GetServiceArgs#serviceName() */
        public Builder serviceName(@Nullable Output<String> serviceName) {
            args.serviceName = serviceName;
            return this;
        }

        /** @see GetServiceArgs#serviceName() */
        public Builder serviceName(String serviceName) {
            return serviceName(Output.of(serviceName));
        }

        /** @see GetServiceArgs#arn() */
        public Builder arn(@Nullable Output<String> arn) {
            args.arn = arn;
            return this;
        }

        /** @see GetServiceArgs#arn() */
        public Builder arn(String arn) {
            return arn(Output.of(arn));
        }

        public GetServiceArgs build() {
            return new GetServiceArgs(args);
        }
    }
}
