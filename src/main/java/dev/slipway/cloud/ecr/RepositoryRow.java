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
        Optional<PolicyRow> policy) {
    RepositoryRow {
        exceptions = List.copyOf(exceptions);
        tags = Map.copyOf(tags);
    }

    /** @param principals the unique id that each user's or role's ARN had when the policy was set */
    record PolicyRow(String text, Map<String, String> principals) {
        PolicyRow {
            principals = Map.copyOf(principals);
        }
    }

    static String arn(RepositoryId id) {
        return "arn:aws:ecr:" + id.region() + ":" + id.account() + ":repository/" + id.name();
    }

    RepositoryRow withPolicy(Optional<PolicyRow> changed) {
        return new RepositoryRow(id, createdAt, mutability, exceptions, scanOnPush, encryption, kmsKey, tags, changed);
    }

    RepositoryRow withTags(Map<String, String> changed) {
        return new RepositoryRow(
                id, createdAt, mutability, exceptions, scanOnPush, encryption, kmsKey, changed, policy);
    }

    RepositoryRow withMutability(String changed, List<String> turnedRound) {
        return new RepositoryRow(id, createdAt, changed, turnedRound, scanOnPush, encryption, kmsKey, tags, policy);
    }

    /** Whether this tag stays with the image it was first given to. */
    boolean isFrozen(String tag) {
        boolean excepted = exceptions.stream().anyMatch(pattern -> matches(pattern, tag));
        return mutability.startsWith("IMMUTABLE") != excepted;
    }

    private static boolean matches(String pattern, String tag) {
        return tag.matches(java.util.regex.Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
