package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.InvalidImageReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the images of services stand for. */
final class ServiceImages {
    private final ImageRegistry registry;

    ServiceImages(ImageRegistry registry) {
        this.registry = registry;
    }

    /** What an image's name stands for now, in full. */
    ImageRegistry.Answer look(ImageReference image) {
        return registry.look(image);
    }

    /** The digest that an image identifier itself names, so that it stands for it always. */
    static Optional<String> named(@Nullable String identifier) {
        try {
            return Optional.ofNullable(identifier)
                    .map(ImageReference::parse)
                    .map(ImageReference::digest)
                    .map(Object::toString);
        } catch (InvalidImageReference e) {
            return Optional.empty();
        }
    }

    /** The digest that an image identifier stands for now; empty when that is not known. */
    Optional<String> digest(@Nullable String identifier) {
        if (identifier == null) {
            return Optional.empty();
        }
        try {
            ImageReference image = ImageReference.parse(identifier);
            return image.digest() == null
                    ? registry.digest(image)
                    : Optional.of(image.digest().toString());
        } catch (InvalidImageReference e) {
            return Optional.empty();
        }
    }
}
