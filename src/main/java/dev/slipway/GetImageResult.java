package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the name of an image stands for. */
@CustomType
public final class GetImageResult {
    private final String image;
    private final String digest;
    private final String pinnedImage;
    private final Double sizeInBytes;
    private final List<Integer> exposedPorts;
    private final @Nullable String repositoryArn;
    private final @Nullable String registryId;

    private GetImageResult(Builder from) {
        this.image = Objects.requireNonNull(from.image, "image is null");
        this.digest = Objects.requireNonNull(from.digest, "digest is null");
        this.pinnedImage = Objects.requireNonNull(from.pinnedImage, "pinnedImage is null");
        this.sizeInBytes = Objects.requireNonNull(from.sizeInBytes, "sizeInBytes is null");
        this.exposedPorts = Objects.requireNonNull(from.exposedPorts, "exposedPorts is null");
        this.repositoryArn = from.repositoryArn;
        this.registryId = from.registryId;
    }

    /** The image identifier that was asked for. */
    public String image() {
        return image;
    }

    /** Digest of what the name stands for now. */
    public String digest() {
        return digest;
    }

    /** The same image named by its digest, for a {@link Service} that no moved tag shall change. */
    public String pinnedImage() {
        return pinnedImage;
    }

    /** Bytes of its compressed layers. */
    public Double sizeInBytes() {
        return sizeInBytes;
    }

    /** The TCP ports that it says it listens on ({@code EXPOSE}). */
    public List<Integer> exposedPorts() {
        return exposedPorts;
    }

    /** ARN of its private repository; empty for ECR Public. */
    public Optional<String> repositoryArn() {
        return Optional.ofNullable(repositoryArn);
    }

    /** Account of its private registry; empty for ECR Public. */
    public Optional<String> registryId() {
        return Optional.ofNullable(registryId);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String image;
        private @Nullable String digest;
        private @Nullable String pinnedImage;
        private @Nullable Double sizeInBytes;
        private @Nullable List<Integer> exposedPorts;
        private @Nullable String repositoryArn;
        private @Nullable String registryId;

        @CustomType.Setter
        public Builder image(String image) {
            this.image = image;
            return this;
        }

        @CustomType.Setter
        public Builder digest(String digest) {
            this.digest = digest;
            return this;
        }

        @CustomType.Setter
        public Builder pinnedImage(String pinnedImage) {
            this.pinnedImage = pinnedImage;
            return this;
        }

        @CustomType.Setter
        public Builder sizeInBytes(Double sizeInBytes) {
            this.sizeInBytes = sizeInBytes;
            return this;
        }

        @CustomType.Setter
        public Builder exposedPorts(List<Integer> exposedPorts) {
            this.exposedPorts = exposedPorts;
            return this;
        }

        @CustomType.Setter
        public Builder repositoryArn(@Nullable String repositoryArn) {
            this.repositoryArn = repositoryArn;
            return this;
        }

        @CustomType.Setter
        public Builder registryId(@Nullable String registryId) {
            this.registryId = registryId;
            return this;
        }

        public GetImageResult build() {
            return new GetImageResult(this);
        }
    }
}
