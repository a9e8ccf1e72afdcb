package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.util.Optional;

/** Told after an image was stored, or a tag was moved to another one. Must return soon and not throw. */
public interface PushListener {
    /** @param tag empty when the image was pushed by digest alone */
    void pushed(RepositoryId repository, Optional<String> tag, Digest digest);
}
