package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Repository} shall be. */
public final class RepositoryArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final RepositoryArgs Empty = new RepositoryArgs();

    @Import(name = "repositoryName")
    private @Nullable Output<String> repositoryName;

    @Import(name = "imageTagMutability")
    private @Nullable Output<String> imageTagMutability;

    @Import(name = "imageTagMutabilityExclusionFilters")
    private @Nullable Output<List<String>> imageTagMutabilityExclusionFilters;

    @Import(name = "scanOnPush")
    private @Nullable Output<Boolean> scanOnPush;

    @Import(name = "lifecyclePolicy")
    private @Nullable Output<String> lifecyclePolicy;

    @Import(name = "encryptionType")
    private @Nullable Output<String> encryptionType;

    @Import(name = "kmsKey")
    private @Nullable Output<String> kmsKey;

    @Import(name = "forceDelete")
    private @Nullable Output<Boolean> forceDelete;

    @Import(name = "tags")
    private @Nullable Output<Map<String, String>> tags;

    private RepositoryArgs() {}

    private RepositoryArgs(RepositoryArgs from) {
        this.repositoryName = from.repositoryName;
        this.imageTagMutability = from.imageTagMutability;
        this.imageTagMutabilityExclusionFilters = from.imageTagMutabilityExclusionFilters;
        this.scanOnPush = from.scanOnPush;
        this.lifecyclePolicy = from.lifecyclePolicy;
        this.encryptionType = from.encryptionType;
        this.kmsKey = from.kmsKey;
        this.forceDelete = from.forceDelete;
        this.tags = from.tags;
    }

    /**
     * Name of the repository ({@code RepositoryName}), 2 to 256 small letters and digits, parted by single dots,
     * underscores, dashes or slashes, for example {@code team/app}. Default: the resource name with a random
     * suffix. A change replaces the repository.
     */
    public Optional<Output<String>> repositoryName() {
        return Optional.ofNullable(repositoryName);
    }

    /**
     * Whether a tag can be moved to another image ({@code ImageTagMutability}): {@code MUTABLE}, {@code
     * IMMUTABLE}, or one of {@code MUTABLE_WITH_EXCLUSION} and {@code IMMUTABLE_WITH_EXCLUSION} with {@link
     * #imageTagMutabilityExclusionFilters()}. Without it ECR takes {@code MUTABLE}. Automatic deployment needs a tag that can
     * be moved. Changed in place.
     */
    public Optional<Output<String>> imageTagMutability() {
        return Optional.ofNullable(imageTagMutability);
    }

    /** One to five tags, with {@code *} for any letters, for which the opposite holds. Changed in place. */
    public Optional<Output<List<String>>> imageTagMutabilityExclusionFilters() {
        return Optional.ofNullable(imageTagMutabilityExclusionFilters);
    }

    /**
     * Whether an image is scanned when it is pushed ({@code ImageScanningConfiguration}). Without it ECR decides. Changed
     * in place.
     */
    public Optional<Output<Boolean>> scanOnPush() {
        return Optional.ofNullable(scanOnPush);
    }

    /**
     * Which images ECR deletes by itself, as its JSON ({@code LifecyclePolicyText}). Default: none. Changed in
     * place.
     */
    public Optional<Output<String>> lifecyclePolicy() {
        return Optional.ofNullable(lifecyclePolicy);
    }

    /**
     * {@code AES256}, {@code KMS} or {@code KMS_DSSE} ({@code EncryptionConfiguration}). Without it ECR takes {@code AES256}.
     * A change replaces the repository.
     */
    public Optional<Output<String>> encryptionType() {
        return Optional.ofNullable(encryptionType);
    }

    /** Key for {@code KMS} and {@code KMS_DSSE}. Default: a key of AWS. A change replaces the repository. */
    public Optional<Output<String>> kmsKey() {
        return Optional.ofNullable(kmsKey);
    }

    /** Whether the repository is deleted even when images are in it. Default false. */
    public Optional<Output<Boolean>> forceDelete() {
        return Optional.ofNullable(forceDelete);
    }

    /** Tags of the repository. Changed in place. */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder(new RepositoryArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(RepositoryArgs defaults) {
        return new Builder(new RepositoryArgs(defaults));
    }

    public static final class Builder {
        private final RepositoryArgs args;

        private Builder(RepositoryArgs args) {
            this.args = args;
        }

        /** @see RepositoryArgs#repositoryName() */
        public Builder repositoryName(@Nullable Output<String> repositoryName) {
            args.repositoryName = repositoryName;
            return this;
        }

        /** @see RepositoryArgs#repositoryName() */
        public Builder repositoryName(String repositoryName) {
            return repositoryName(Output.of(repositoryName));
        }

        /** @see RepositoryArgs#imageTagMutability() */
        public Builder imageTagMutability(@Nullable Output<String> imageTagMutability) {
            args.imageTagMutability = imageTagMutability;
            return this;
        }

        /** @see RepositoryArgs#imageTagMutability() */
        public Builder imageTagMutability(String imageTagMutability) {
            return imageTagMutability(Output.of(imageTagMutability));
        }

        /** @see RepositoryArgs#imageTagMutabilityExclusionFilters() */
        public Builder imageTagMutabilityExclusionFilters(
                @Nullable Output<List<String>> imageTagMutabilityExclusionFilters) {
            args.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters;
            return this;
        }

        /** @see RepositoryArgs#imageTagMutabilityExclusionFilters() */
        public Builder imageTagMutabilityExclusionFilters(List<String> imageTagMutabilityExclusionFilters) {
            return imageTagMutabilityExclusionFilters(Output.of(imageTagMutabilityExclusionFilters));
        }

        /** @see RepositoryArgs#imageTagMutabilityExclusionFilters() */
        public Builder imageTagMutabilityExclusionFilters(String... imageTagMutabilityExclusionFilters) {
            return imageTagMutabilityExclusionFilters(List.of(imageTagMutabilityExclusionFilters));
        }

        /** @see RepositoryArgs#scanOnPush() */
        public Builder scanOnPush(@Nullable Output<Boolean> scanOnPush) {
            args.scanOnPush = scanOnPush;
            return this;
        }

        /** @see RepositoryArgs#scanOnPush() */
        public Builder scanOnPush(Boolean scanOnPush) {
            return scanOnPush(Output.of(scanOnPush));
        }

        /** @see RepositoryArgs#lifecyclePolicy() */
        public Builder lifecyclePolicy(@Nullable Output<String> lifecyclePolicy) {
            args.lifecyclePolicy = lifecyclePolicy;
            return this;
        }

        /** @see RepositoryArgs#lifecyclePolicy() */
        public Builder lifecyclePolicy(String lifecyclePolicy) {
            return lifecyclePolicy(Output.of(lifecyclePolicy));
        }

        /** @see RepositoryArgs#encryptionType() */
        public Builder encryptionType(@Nullable Output<String> encryptionType) {
            args.encryptionType = encryptionType;
            return this;
        }

        /** @see RepositoryArgs#encryptionType() */
        public Builder encryptionType(String encryptionType) {
            return encryptionType(Output.of(encryptionType));
        }

        /** @see RepositoryArgs#kmsKey() */
        public Builder kmsKey(@Nullable Output<String> kmsKey) {
            args.kmsKey = kmsKey;
            return this;
        }

        /** @see RepositoryArgs#kmsKey() */
        public Builder kmsKey(String kmsKey) {
            return kmsKey(Output.of(kmsKey));
        }

        /** @see RepositoryArgs#forceDelete() */
        public Builder forceDelete(@Nullable Output<Boolean> forceDelete) {
            args.forceDelete = forceDelete;
            return this;
        }

        /** @see RepositoryArgs#forceDelete() */
        public Builder forceDelete(Boolean forceDelete) {
            return forceDelete(Output.of(forceDelete));
        }

        /** @see RepositoryArgs#tags() */
        public Builder tags(@Nullable Output<Map<String, String>> tags) {
            args.tags = tags;
            return this;
        }

        /** @see RepositoryArgs#tags() */
        public Builder tags(Map<String, String> tags) {
            return tags(Output.of(tags));
        }

        public RepositoryArgs build() {
            return new RepositoryArgs(args);
        }
    }
}
