package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What registries say of images, by identifier; of any other image nothing is known. */
final class FakeImages implements ImageRegistry {
    final Map<String, Answer> answers = new HashMap<>();

    @Override
    public Answer look(ImageReference image) {
        return answers.getOrDefault(image.toString(), new Unknown("nobody knows"));
    }

    @Override
    public Optional<String> digest(ImageReference image) {
        return look(image) instanceof Found found ? Optional.of(found.digest()) : Optional.empty();
    }
}
