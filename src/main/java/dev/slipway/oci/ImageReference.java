package dev.slipway.oci;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image that App Runner can run.
 *
 * @param source which kind of registry
 * @param host the registry's host as written, for example {@code 111122223333.dkr.ecr.us-east-1.amazonaws.com}
 * @param account the registry's account, twelve digits; null for the public gallery
 * @param region the registry's region; null for the public gallery
 * @param repository path of the repository, for example {@code team/app}
 * @param tag null when the image is named by digest alone; {@code latest} when neither was written
 * @param digest null when the image is named by tag
 */
public record ImageReference(
        ImageSource source,
        String host,
        @Nullable String account,
        @Nullable String region,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {

    /**
     * Reads an image identifier as App Runner takes it ({@code SourceConfiguration.ImageRepository.ImageIdentifier}).
     *
     * @throws InvalidImageReference with a reason that says what was expected, what came and what to do
     */
    public static ImageReference parse(String text) {
        return ImageReferenceParser.parse(text);
    }

    /** The account whose registry holds the image; empty for the public gallery. */
    public Optional<String> registryAccount() {
        return Optional.ofNullable(account);
    }

    /** {@code arn:aws:ecr:REGION:ACCOUNT:repository/NAME}; empty for the public gallery. */
    public Optional<String> repositoryArn() {
        return account == null
                ? Optional.empty()
                : Optional.of("arn:aws:ecr:" + region + ":" + account + ":repository/" + repository);
    }

    /** What follows the repository in a registry request: the digest when there is one, else the tag. */
    public String manifestReference() {
        return digest != null ? digest.toString() : tag == null ? "latest" : tag;
    }

    /** Registry and repository as they were written, without tag and digest. */
    public String name() {
        // On a local cloud all registries share one host, so the path tells them apart.
        String registry = account == null || host.startsWith(account) ? host : host + "/" + account + "/" + region;
        return registry + "/" + repository;
    }

    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
