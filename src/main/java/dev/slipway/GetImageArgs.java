package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.InvokeArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which image {@link SlipwayFunctions#getImage} looks up. */
public final class GetImageArgs extends InvokeArgs {
    @Import(name = "image", required = true)
    private @Nullable Output<String> image;

    private GetImageArgs() {}

    private GetImageArgs(GetImageArgs from) {
        this.image = from.image;
    }

    /** Image identifier, as {@link ServiceArgs#image()} takes it. */
    public Optional<Output<String>> image() {
        return Optional.ofNullable(image);
    }

    public static Builder builder() {
        return new Builder(new GetImageArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(GetImageArgs defaults) {
        return new Builder(new GetImageArgs(defaults));
    }

    public static final class Builder {
        private final GetImageArgs args;

        private Builder(GetImageArgs args) {
            this.args = args;
        }

        /** @see GetImageArgs#image() */
        public Builder image(@Nullable Output<String> image) {
            args.image = image;
            return this;
        }

        /** @see GetImageArgs#image() */
        public Builder image(String image) {
            return image(Output.of(image));
        }

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public GetImageArgs build() {
            if (args.image == null) {
                throw new MissingRequiredPropertyException("GetImageArgs", "image");
            }
            return new GetImageArgs(args);
        }
    }
}
