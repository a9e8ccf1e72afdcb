package dev.slipway;

import com.pulumi.exceptions.RunException;
import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import java.util.Optional;

/**
 * What an image's source needs.
 *
 * @param repositoryArn the private repository to pull from; empty for the public gallery, which needs nothing
 * @param foreign whether the repository is in another account than the service
 */
record ImagePlan(Optional<String> repositoryArn, boolean foreign) {
    private static final String ACCOUNT = "[0-9]{12}";

    /** @throws RunException when no service can run the image, in words for the person who wrote it down */
    static ImagePlan of(String name, ImageServiceArgs args) {
        Optional<String> account = args.accountId();
        if (account.isPresent() && !account.get().matches(ACCOUNT)) {
            throw failure(name, "accountId is twelve digits, not `" + account.get() + "`");
        }
        ImageReference image = parse(name, args.image());
        if (image.source() == ImageSource.ECR_PUBLIC) {
            return new ImagePlan(Optional.empty(), false);
        }
        Optional<String> owner = image.registryAccount();
        boolean foreign = account.isPresent()
                ? !account.equals(owner)
                : args.repositoryProvider().isPresent();
        if (foreign && args.repositoryProvider().isEmpty()) {
            throw failure(
                    name,
                    "the image is in account " + owner.orElse("") + " and the service in account " + account.orElse("")
                            + ", so the image's repository must let the service's role pull. Give repositoryProvider"
                            + " with credentials of account " + owner.orElse("") + ".");
        }
        return new ImagePlan(image.repositoryArn(), foreign);
    }

    private static ImageReference parse(String name, String image) {
        try {
            return ImageReference.parse(image);
        } catch (InvalidImageReference bad) {
            throw failure(name, bad.getMessage());
        }
    }

    private static RunException failure(String name, String reason) {
        return new RunException("ImageService " + name + ": " + reason);
    }
}
