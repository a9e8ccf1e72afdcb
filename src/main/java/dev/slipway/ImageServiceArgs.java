package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link ImageService} shall be: an image, and the properties of its {@link Service}. */
public final class ImageServiceArgs extends ServiceSettings {
    @Import(name = "image", required = true)
    private @Nullable String image;

    @Import(name = "accountId")
    private @Nullable String accountId;

    private @Nullable Provider repositoryProvider;

    private ImageServiceArgs() {}

    /**
     * Image to run: {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME[:TAG][@DIGEST]} or {@code
     * public.ecr.aws/ALIAS/NAME[:TAG][@DIGEST]}. A plain text, because what has to be declared depends on it.
     */
    public String image() {
        if (image == null) {
            throw new MissingRequiredPropertyException("ImageServiceArgs", "image");
        }
        return image;
    }

    /**
     * Account of the service, twelve digits. Default: the account of the image, or another one when {@link
     * #repositoryProvider()} is set. An image in another account's ECR needs a policy there.
     */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /**
     * Credentials of the image's account; needed for an image in another account's ECR, without effect for
     * others.
     */
    public Optional<Provider> repositoryProvider() {
        return Optional.ofNullable(repositoryProvider);
    }

    /**
     * A role of your own to pull with. Default: an {@link AccessRole} for just this repository, where the
     * source needs one.
     */
    @Override
    public Optional<Output<String>> accessRoleArn() {
        return super.accessRoleArn();
    }

    public static Builder builder() {
        return new Builder(new ImageServiceArgs());
    }

    /** Each property has its documentation at its getter. */
    public static final class Builder extends ServiceSettingsBuilder<Builder> {
        private final ImageServiceArgs args;

        private Builder(ImageServiceArgs args) {
            super(args);
            this.args = args;
        }

        @Override
        Builder self() {
            return this;
        }

        public Builder image(String image) {
            args.image = image;
            return this;
        }

        public Builder accountId(@Nullable String accountId) {
            args.accountId = accountId;
            return this;
        }

        public Builder repositoryProvider(@Nullable Provider repositoryProvider) {
            args.repositoryProvider = repositoryProvider;
            return this;
        }

        /** @throws MissingRequiredPropertyException when there is no image */
        public ImageServiceArgs build() {
            if (args.image == null) {
                throw new MissingRequiredPropertyException("ImageServiceArgs", "image");
            }
            return args;
        }
    }
}
