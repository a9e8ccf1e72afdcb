package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/** The operations on secrets as a whole. */
final class SecretOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
    private static final int MOST_TAGS = 50;
    private static final int MOST_DESCRIPTION = 2048;
    private static final int DEFAULT_WINDOW = 30;
    private static final String DEFAULT_KEY = "alias/aws/secretsmanager";

    private final SecretTable secrets;
    private final SecretValues values;
    private final Supplier<String> suffixes;

    SecretOperations(SecretTable secrets, SecretValues values, Supplier<String> suffixes) {
        this.secrets = secrets;
        this.values = values;
        this.suffixes = suffixes;
    }

    synchronized CreateSecretResponse create(Call call, CreateSecretRequest request) {
        String name = String.valueOf(request.name());
        if (!NAME.matcher(name).matches()) {
            throw Errors.error(
                    "ValidationException",
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following:"
                            + " -/_+=.@!");
        }
        checkKey(request.kmsKeyId());
        if (request.hasAddReplicaRegions() && !request.addReplicaRegions().isEmpty()) {
            throw Errors.invalidParameter("The local cloud does not replicate secrets; leave out AddReplicaRegions");
        }
        checkDescription(request.description());
        Map<String, String> tags = tags(request.tags());
        var value = new SecretValues.Value(request.secretString(), request.secretBinary());
        value.check();
        String id = values.versionId(request.clientRequestToken());
        long now = call.now().toEpochMilli();
        Optional<SecretRecord> known = secrets.find(call, name);
        if (known.isPresent()) {
            return existing(known.get(), id, value);
        }
        var secret = new SecretRecord(
                call.account(),
                call.region(),
                name,
                suffixes.get(),
                request.description(),
                null,
                tags,
                List.of(),
                now,
                now,
                null,
                null,
                null);
        if (value.present()) {
            secret = values.add(secret, id, value, Set.of(SecretVersion.CURRENT), now);
        }
        secrets.put(secret);
        return created(secret, value.present() ? id : null);
    }

    /** A repeated request answers as the first one did; any other one is refused. */
    private CreateSecretResponse existing(SecretRecord known, String id, SecretValues.Value value) {
        if (known.deleted()) {
            throw Errors.invalidRequest("You can't create this secret because a secret with this name is already"
                    + " scheduled for deletion.");
        }
        if (value.present() && known.version(id).isPresent()) {
            values.add(known, id, value, Set.of(), known.changedAt());
            return created(known, id);
        }
        throw Errors.error(
                "ResourceExistsException",
                "The operation failed because the secret " + known.name() + " already exists.");
    }

    private static CreateSecretResponse created(SecretRecord secret, @Nullable String version) {
        return CreateSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(version)
                .build();
    }

    UpdateSecretResponse update(Call call, UpdateSecretRequest request) {
        checkKey(request.kmsKeyId());
        checkDescription(request.description());
        var value = new SecretValues.Value(request.secretString(), request.secretBinary());
        value.check();
        String id = values.versionId(request.clientRequestToken());
        long now = call.now().toEpochMilli();
        SecretRecord changed = secrets.update(secrets.requireUsable(call, request.secretId()), old -> {
            SecretRecord described = request.description() == null ? old : old.describedAs(request.description(), now);
            return value.present() ? values.add(described, id, value, Set.of(SecretVersion.CURRENT), now) : described;
        });
        return UpdateSecretResponse.builder()
                .arn(changed.arn())
                .name(changed.name())
                .versionId(value.present() ? id : null)
                .build();
    }

    DescribeSecretResponse describe(Call call, DescribeSecretRequest request) {
        return SecretShapes.described(secrets.require(call, request.secretId()));
    }

    ListSecretsResponse list(Call call, ListSecretsRequest request) {
        boolean deletedToo = Boolean.TRUE.equals(request.includePlannedDeletion());
        Function<SecretRecord, String> order = "asc".equals(request.sortOrderAsString())
                ? secret -> Page.ascending(secret.createdAt()) + secret.name()
                : secret -> Page.descending(secret.createdAt()) + secret.name();
        List<SecretRecord> found = secrets.all(call.account(), call.region()).stream()
                .filter(each -> deletedToo || !each.deleted())
                .filter(each -> SecretFilters.accept(request.filters(), each))
                .sorted(Comparator.comparing(order))
                .toList();
        Page<SecretRecord> page =
                Pages.of(found, order, request.maxResults(), 100, request.nextToken(), "InvalidNextTokenException");
        return ListSecretsResponse.builder()
                .secretList(page.items().stream().map(SecretShapes::listed).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteSecretResponse delete(Call call, DeleteSecretRequest request) {
        boolean force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
        Long window = request.recoveryWindowInDays();
        if (force && window != null) {
            throw Errors.invalidParameter(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (window != null && (window < 7 || window > 30)) {
            throw Errors.invalidParameter("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Optional<SecretRecord> found = secrets.find(call, request.secretId());
        if (found.isEmpty() && force) {
            SecretTable.Place place = secrets.place(call, request.secretId());
            String suffix = place.suffix().orElseGet(suffixes);
            return deleted(
                    SecretRecord.arn(place.account(), place.region(), place.name() + "-" + suffix),
                    place.name(),
                    call.now());
        }
        SecretRecord secret = found.orElseThrow(Errors::secretNotFound);
        if (force) {
            secrets.remove(secret);
            return deleted(secret.arn(), secret.name(), call.now());
        }
        secrets.requireUsable(call, request.secretId());
        Instant end = call.now().plus(Duration.ofDays(window == null ? DEFAULT_WINDOW : window));
        secrets.update(secret, old -> old.deleted(call.now().toEpochMilli(), end.toEpochMilli()));
        return deleted(secret.arn(), secret.name(), end);
    }

    private static DeleteSecretResponse deleted(String arn, String name, Instant date) {
        return DeleteSecretResponse.builder()
                .arn(arn)
                .name(name)
                .deletionDate(date)
                .build();
    }

    RestoreSecretResponse restore(Call call, RestoreSecretRequest request) {
        SecretRecord secret = secrets.update(secrets.require(call, request.secretId()), old -> old.deleted(null, null));
        return RestoreSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    TagResourceResponse tag(Call call, TagResourceRequest request) {
        Map<String, String> added = tags(request.tags());
        secrets.update(secrets.requireUsable(call, request.secretId()), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            all.putAll(added);
            if (all.size() > MOST_TAGS) {
                throw Errors.invalidParameter("A secret can have at most " + MOST_TAGS + " tags.");
            }
            return old.withTags(all);
        });
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        secrets.update(secrets.requireUsable(call, request.secretId()), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            request.tagKeys().forEach(all::remove);
            return old.withTags(all);
        });
        return UntagResourceResponse.builder().build();
    }

    /** @throws dev.slipway.cloud.wire.AwsException for a tag that can't be */
    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        for (Tag tag : tags) {
            String key = tag == null ? null : tag.key();
            if (key == null || key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
                throw Errors.invalidParameter("The key of a tag must have 1 to 128 characters and not start with aws:");
            }
            String value = tag.value() == null ? "" : tag.value();
            if (value.length() > 256) {
                throw Errors.invalidParameter("The value of a tag must have at most 256 characters");
            }
            map.put(key, value);
        }
        if (map.size() > MOST_TAGS) {
            throw Errors.invalidParameter("A secret can have at most " + MOST_TAGS + " tags.");
        }
        return map;
    }

    private static void checkKey(@Nullable String key) {
        if (key != null && !key.equals(DEFAULT_KEY)) {
            throw Errors.error(
                    "EncryptionFailure", "The local cloud has no AWS KMS; leave out KmsKeyId, or set " + DEFAULT_KEY);
        }
    }

    private static void checkDescription(@Nullable String text) {
        if (text != null && text.length() > MOST_DESCRIPTION) {
            throw Errors.invalidParameter("Description must have at most " + MOST_DESCRIPTION + " characters.");
        }
    }
}
