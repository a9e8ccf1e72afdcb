package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Service} shall be. */
public final class ServiceArgs extends ServiceSettings {
    @Import(name = "image", required = true)
    private @Nullable Output<String> image;

    private ServiceArgs() {}

    private ServiceArgs(ServiceArgs from) {
        super(from);
        this.image = from.image;
    }

    /**
     * Image to run ({@code ImageRepository.ImageIdentifier}): {@code
     * ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME[:TAG][@DIGEST]} or {@code
     * public.ecr.aws/ALIAS/NAME[:TAG][@DIGEST]}. Changed in place.
     */
    public Optional<Output<String>> image() {
        return Optional.ofNullable(image);
    }

    public static Builder builder() {
        return new Builder(new ServiceArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(ServiceArgs defaults) {
        return new Builder(new ServiceArgs(defaults));
    }

    public static final class Builder extends ServiceSettingsBuilder<Builder> {
        private final ServiceArgs args;

        private Builder(ServiceArgs args) {
            super(args);
            this.args = args;
        }

        @Override
        Builder self() {
            return this;
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

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public ServiceArgs build() {
            if (args.image == null) {
                throw new MissingRequiredPropertyException("ServiceArgs", "image");
            }
            return new ServiceArgs(args);
        }
    }
}
