package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ImagePuller.PullRequest;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry in which an image is a word that says how it behaves; see {@link FakeRuntime}. */
final class FakeImages implements ImagePuller {
    private final Map<String, String> behaviours = new HashMap<>();
    private final Map<Digest, PulledImage> copies = new HashMap<>();
    final List<PullRequest> pulls = new ArrayList<>();

    void put(String image, String behaviour) {
        behaviours.put(image, behaviour);
    }

    /** Loses all copies, as somebody does who removes files. */
    void forget() {
        copies.clear();
    }

    static Digest digest(String behaviour) {
        return Digest.of(behaviour.getBytes(StandardCharsets.UTF_8));
    }

    boolean has(String behaviour) {
        return copies.containsKey(digest(behaviour));
    }

    @Override
    public PulledImage pull(PullRequest request) throws PullFailure {
        pulls.add(request);
        String behaviour = behaviours.get(request.image());
        if (behaviour == null) {
            throw new PullFailure("there is no image " + request.image());
        }
        var config = new ImageConfig(
                "amd64", "linux", List.of(behaviour), List.of(), List.of(), "", "", List.of(), "", List.of());
        Digest digest = digest(behaviour);
        var manifest = new Manifest(
                "application/vnd.oci.image.manifest.v1+json",
                new Descriptor("application/vnd.oci.image.config.v1+json", digest, 1),
                List.of());
        var image = new PulledImage(digest, manifest, config, blob -> {
            throw new AssertionError("nobody reads blobs here");
        });
        copies.put(digest, image);
        return image;
    }

    @Override
    public Optional<PulledImage> stored(Digest digest) {
        return Optional.ofNullable(copies.get(digest));
    }

    @Override
    public List<PulledImage> retain(Collection<Digest> inUse, int mostIdle, long mostIdleBytes) {
        List<PulledImage> idle = copies.values().stream()
                .filter(image -> !inUse.contains(image.digest()))
                .limit(mostIdle)
                .toList();
        copies.keySet()
                .removeIf(digest -> !inUse.contains(digest)
                        && idle.stream().noneMatch(image -> image.digest().equals(digest)));
        return idle;
    }
}
