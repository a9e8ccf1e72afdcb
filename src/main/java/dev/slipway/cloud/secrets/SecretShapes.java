package dev.slipway.cloud.secrets;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** How secrets look in answers. */
final class SecretShapes {
    private SecretShapes() {}

    static DescribeSecretResponse described(SecretRecord secret) {
        return DescribeSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .createdDate(Instant.ofEpochMilli(secret.createdAt()))
                .lastChangedDate(Instant.ofEpochMilli(secret.changedAt()))
                .lastAccessedDate(time(secret.accessedAt()))
                .deletedDate(time(secret.deletedAt()))
                .tags(tags(secret.tags()))
                .versionIdsToStages(stages(secret))
                .build();
    }

    static SecretListEntry listed(SecretRecord secret) {
        return SecretListEntry.builder()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .createdDate(Instant.ofEpochMilli(secret.createdAt()))
                .lastChangedDate(Instant.ofEpochMilli(secret.changedAt()))
                .lastAccessedDate(time(secret.accessedAt()))
                .deletedDate(time(secret.deletedAt()))
                .tags(tags(secret.tags()))
                .secretVersionsToStages(stages(secret))
                .build();
    }

    static SecretVersionsListEntry version(SecretVersion version) {
        return SecretVersionsListEntry.builder()
                .versionId(version.id())
                .versionStages(version.stages())
                .createdDate(Instant.ofEpochMilli(version.createdAt()))
                .lastAccessedDate(time(version.accessedAt()))
                .build();
    }

    private static Map<String, List<String>> stages(SecretRecord secret) {
        Map<String, List<String>> stages = new LinkedHashMap<>();
        secret.versions().stream()
                .filter(each -> !each.stages().isEmpty())
                .forEach(each -> stages.put(each.id(), List.copyOf(each.stages())));
        return stages;
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
