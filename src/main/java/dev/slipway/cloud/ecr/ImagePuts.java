package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LayerUploads.Place;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code PutImage} of ECR and of ECR Public. */
final class ImagePuts {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private final RegistryContent content;

    ImagePuts(RegistryContent content) {
        this.content = content;
    }

    /** What a request says, whichever service it is for. */
    record Wanted(
            String manifest,
            @Nullable String mediaType,
            @Nullable String tag,
            @Nullable String digest) {}

    /**
     * @param frozen the tags that may not be moved
     * @throws AwsException when something is missing, is another one, or is there already
     */
    StoredManifest put(Place place, Wanted wanted, Predicate<String> frozen) {
        String tag = wanted.tag();
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw Errors.invalidParameter("imageTag", "must satisfy regular expression '" + TAG + "'");
        }
        byte[] bytes = wanted.manifest().getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        if (wanted.digest() != null && !wanted.digest().equals(digest.toString())) {
            throw Errors.error(
                    "ImageDigestDoesNotMatchException",
                    "Image digest '" + wanted.digest() + "' does not match the digest '" + digest
                            + "' that is calculated from the manifest");
        }
        Optional<StoredManifest> there = content.find(place.id(), digest.toString());
        if (there.isPresent() && (tag == null || there.get().tags().contains(tag))) {
            throw Errors.error(
                    "ImageAlreadyExistsException",
                    "Image with digest '" + digest + "' and tag '" + tag
                            + "' already exists in the repository with name '"
                            + place.name().name() + "' in registry with id '"
                            + place.name().account() + "'");
        }
        String type = wanted.mediaType() == null ? "" : wanted.mediaType();
        try {
            return content.push(place.id(), Optional.ofNullable(tag), digest, type, bytes, frozen);
        } catch (RegistryException e) {
            throw translated(e, type, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AwsException translated(RegistryException refusal, String mediaType, byte[] manifest) {
        return switch (refusal.code()) {
            case "TAG_INVALID" -> Errors.error("ImageTagAlreadyExistsException", refusal.getMessage());
            case "MANIFEST_BLOB_UNKNOWN" ->
                Errors.error(
                        ImageIndex.isIndex(mediaType, manifest)
                                ? "ReferencedImagesNotFoundException"
                                : "LayersNotFoundException",
                        refusal.getMessage());
            default -> Errors.invalidParameter("imageManifest", refusal.getMessage());
        };
    }
}
