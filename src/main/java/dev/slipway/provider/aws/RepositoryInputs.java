package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import dev.slipway.provider.ForcesReplacement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private ECR repository.
 *
 * @param repositoryName 2 to 256 small letters, digits and separators; default: made from the resource's name
 * @param imageTagMutability default: MUTABLE
 * @param imageTagMutabilityExclusionFilters tags that the other rule holds for, with {@code *}; for the two kinds WITH_EXCLUSION
 * @param scanOnPush default: ECR's choice
 * @param lifecyclePolicy ECR's JSON; its absence means none
 * @param forceDelete whether images in it do not keep it from being deleted
 */
record RepositoryInputs(
        @ForcesReplacement("ECR can't rename a repository") @Nullable
        String repositoryName,

        @Nullable Mutability imageTagMutability,
        @Nullable List<String> imageTagMutabilityExclusionFilters,
        @Nullable Boolean scanOnPush,
        @Nullable String lifecyclePolicy,

        @ForcesReplacement("ECR can't encrypt a repository anew") @Nullable
        Encryption encryptionType,

        @ForcesReplacement("ECR can't encrypt a repository anew") @Nullable
        String kmsKey,

        @Default("false") @Nullable Boolean forceDelete,

        @Nullable Map<String, String> tags) {
    enum Mutability {
        MUTABLE,
        IMMUTABLE,
        MUTABLE_WITH_EXCLUSION,
        IMMUTABLE_WITH_EXCLUSION;

        boolean excludes() {
            return this == MUTABLE_WITH_EXCLUSION || this == IMMUTABLE_WITH_EXCLUSION;
        }
    }

    enum Encryption {
        AES256,
        KMS,
        KMS_DSSE
    }
}
