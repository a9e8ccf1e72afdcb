package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import java.util.List;
import java.util.Optional;

/** The registries that images come from. Asking one helps a person and is never needed: what can't be asked is {@link Unknown}. */
interface ImageRegistry {
    /** What an image's name stands for now, in full. */
    Answer look(ImageReference image);

    /** The digest that an image's name stands for now; empty when it is not there or can't be asked. */
    Optional<String> digest(ImageReference image);

    sealed interface Answer {}

    /**
     * An image that App Runner can run.
     *
     * @param digest of what the name stands for; an index's, when it is one
     * @param bytes of its compressed layers
     * @param exposedPorts as its {@code EXPOSE} says, for example {@code 8080/tcp}
     */
    record Found(String digest, long bytes, List<String> exposedPorts) implements Answer {}

    /**
     * It is not there, or not for App Runner.
     *
     * @param there whether it is there: then only another image under its name can be a better one
     */
    record Unusable(String reason, boolean there) implements Answer {}

    /** The registry could not be asked, and why. */
    record Unknown(String reason) implements Answer {}
}
