package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A private repository as the store keeps it.
 *
 * @param mutability one of ECR's four words
 * @param exceptions patterns of tags that the word's {@code _WITH_EXCLUSION} form turns round
 * @param encryption {@code AES256}, {@code KMS} or {@code KMS_DSSE}; told, not done
 * @param policy the policy as it was set
 * @param lifecycle which images expire
 */
record RepositoryRow(
        RepositoryId id,
        Instant createdAt,
        String mutability,
        List<String> exceptions,
        boolean scanOnPush,
        String encryption,
        Optional<String> kmsKey,
        Map<String, String> tags,
        Optional<PolicyPrincipals.Policy> policy,
        Optional<Lifecycle> lifecycle) {
    RepositoryRow {
        exceptions = List.copyOf(exceptions);
        tags = Map.copyOf(tags);
    }

    /**
     * @param text the policy as it was put
     * @param evaluated when it was last applied; at first when it was put
     */
    record Lifecycle(String text, Instant evaluated) {}

    static String arn(RepositoryId id) {
        return "arn:aws:ecr:" + id.region() + ":" + id.account() + ":repository/" + id.name();
    }

    RepositoryRow withPolicy(Optional<PolicyPrincipals.Policy> changed) {
        return new RepositoryRow(
                id, createdAt, mutability, exceptions, scanOnPush, encryption, kmsKey, tags, changed, lifecycle);
    }

    RepositoryRow withTags(Map<String, String> changed) {
        return new RepositoryRow(
                id, createdAt, mutability, exceptions, scanOnPush, encryption, kmsKey, changed, policy, lifecycle);
    }

    RepositoryRow withMutability(String changed, List<String> turnedRound) {
        return new RepositoryRow(
                id, createdAt, changed, turnedRound, scanOnPush, encryption, kmsKey, tags, policy, lifecycle);
    }

    RepositoryRow withScanOnPush(boolean changed) {
        return new RepositoryRow(
                id, createdAt, mutability, exceptions, changed, encryption, kmsKey, tags, policy, lifecycle);
    }

    RepositoryRow withLifecycle(Optional<Lifecycle> changed) {
        return new RepositoryRow(
                id, createdAt, mutability, exceptions, scanOnPush, encryption, kmsKey, tags, policy, changed);
    }

    /** Whether this tag stays with the image it was first given to. */
    boolean isFrozen(String tag) {
        boolean excepted = exceptions.stream().anyMatch(pattern -> Wildcard.matches(pattern, tag));
        return mutability.startsWith("IMMUTABLE") != excepted;
    }
}
