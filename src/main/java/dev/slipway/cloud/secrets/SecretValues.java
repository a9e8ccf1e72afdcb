package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** The values of secrets: new versions, their labels, and reading them. */
final class SecretValues {
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_STAGES = 20;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final SecretTable secrets;
    private final Vault vault;
    private final Supplier<String> ids;

    SecretValues(SecretTable secrets, Vault vault, Supplier<String> ids) {
        this.secrets = secrets;
        this.vault = vault;
        this.ids = ids;
    }

    /** A value as a request brings it: text or bytes; neither is fine where none is needed. */
    record Value(@Nullable String text, @Nullable SdkBytes binary) {
        @Override
        public String toString() {
            return "Value[…]";
        }

        boolean present() {
            return text != null || binary != null;
        }

        byte[] bytes() {
            return binary != null ? binary.asByteArray() : String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        }

        void check() {
            if (text != null && binary != null) {
                throw Errors.invalidParameter("You can't specify both a binary secret value and a string secret value"
                        + " in the same secret.");
            }
            if (present() && bytes().length > MOST_BYTES) {
                throw Errors.invalidParameter(
                        "The secret value must not have more than " + MOST_BYTES + " bytes when it is encoded.");
            }
        }
    }

    /** The new version's id: the token of the request, which makes a repeated request do nothing. */
    String versionId(@Nullable String token) {
        if (token != null && (token.length() < 32 || token.length() > 64)) {
            throw Errors.invalidParameter("ClientRequestToken must be 32-64 characters long.");
        }
        return token == null ? ids.get() : token;
    }

    /** The secret with one more version; unchanged when it has this very version already. */
    SecretRecord add(SecretRecord secret, String id, Value value, Set<String> stages, long now) {
        Optional<SecretVersion> known = secret.version(id);
        if (known.isPresent()) {
            byte[] kept = vault.openBytes(secret.place(id), known.get().sealed());
            if (!MessageDigest.isEqual(kept, value.bytes())) {
                throw Errors.error(
                        "ResourceExistsException",
                        "You can't use ClientRequestToken " + id
                                + " because that value is already in use for a version of secret " + secret.arn()
                                + ".");
            }
            return secret;
        }
        List<SecretVersion> versions = new ArrayList<>(secret.versions());
        String sealed = vault.seal(secret.place(id), value.bytes());
        versions.add(new SecretVersion(id, sealed, value.binary() != null, Set.of(), now, null));
        SecretRecord added = secret.withVersions(versions, now);
        for (String stage : stages) {
            added = added.moved(stage, id, now);
        }
        return added;
    }

    PutSecretValueResponse put(Call call, PutSecretValueRequest request) {
        var value = new Value(request.secretString(), request.secretBinary());
        value.check();
        if (!value.present()) {
            throw Errors.invalidRequest("You must provide either SecretString or SecretBinary.");
        }
        Set<String> stages =
                request.hasVersionStages() && !request.versionStages().isEmpty()
                        ? new TreeSet<>(request.versionStages())
                        : Set.of(SecretVersion.CURRENT);
        if (stages.size() > MOST_STAGES) {
            throw Errors.error("LimitExceededException", "A version can have at most " + MOST_STAGES + " labels.");
        }
        String id = versionId(request.clientRequestToken());
        SecretRecord secret = secrets.requireUsable(call, request.secretId());
        SecretRecord changed = secrets.update(
                secret, old -> add(old, id, value, stages, call.now().toEpochMilli()));
        return PutSecretValueResponse.builder()
                .arn(changed.arn())
                .name(changed.name())
                .versionId(id)
                .versionStages(changed.version(id).map(SecretVersion::stages).orElse(Set.of()))
                .build();
    }

    GetSecretValueResponse get(Call call, GetSecretValueRequest request) {
        SecretRecord secret = secrets.requireUsable(call, request.secretId());
        SecretVersion version = version(secret, request.versionId(), request.versionStage());
        noteAccess(secret, version, call.now().toEpochMilli());
        var answer = GetSecretValueResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(version.id())
                .versionStages(version.stages())
                .createdDate(Instant.ofEpochMilli(version.createdAt()));
        byte[] value = vault.openBytes(secret.place(version.id()), version.sealed());
        return version.binary()
                ? answer.secretBinary(SdkBytes.fromByteArray(value)).build()
                : answer.secretString(new String(value, StandardCharsets.UTF_8)).build();
    }

    private static SecretVersion version(SecretRecord secret, @Nullable String id, @Nullable String stage) {
        if (id == null) {
            String wanted = stage == null ? SecretVersion.CURRENT : stage;
            return secret.staged(wanted)
                    .orElseThrow(() -> Errors.error(
                            "ResourceNotFoundException",
                            "Secrets Manager can't find the specified secret value for staging label: " + wanted));
        }
        SecretVersion found = secret.version(id)
                .orElseThrow(() -> Errors.error(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for VersionId: " + id));
        if (stage != null && !found.is(stage)) {
            throw Errors.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return found;
    }

    /** By the day, as AWS tells it, so that reading seldom writes. */
    private void noteAccess(SecretRecord secret, SecretVersion version, long now) {
        long day = now - now % DAY;
        Long known = version.accessedAt();
        if (known == null || known != day) {
            secrets.update(secret, old -> old.accessed(version.id(), day));
        }
    }

    UpdateSecretVersionStageResponse moveStage(Call call, UpdateSecretVersionStageRequest request) {
        String stage = String.valueOf(request.versionStage());
        String from = request.removeFromVersionId();
        String to = request.moveToVersionId();
        SecretRecord secret = secrets.requireUsable(call, request.secretId());
        SecretRecord changed = secrets.update(secret, old -> {
            checkMove(old, stage, from, to);
            return old.moved(stage, to, call.now().toEpochMilli());
        });
        return UpdateSecretVersionStageResponse.builder()
                .arn(changed.arn())
                .name(changed.name())
                .build();
    }

    private static void checkMove(SecretRecord secret, String stage, @Nullable String from, @Nullable String to) {
        Optional<SecretVersion> holder = secret.staged(stage);
        if (from != null && holder.filter(each -> each.id().equals(from)).isEmpty()) {
            throw Errors.invalidParameter("The parameter RemoveFromVersionId can't be " + from
                    + ", because the staging label " + stage + " is not attached to that version.");
        }
        if (from == null && holder.isPresent() && !holder.get().id().equals(to)) {
            throw Errors.invalidParameter("The parameter RemoveFromVersionId can't be empty. Staging label " + stage
                    + " is currently attached to version " + holder.get().id()
                    + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to != null && secret.version(to).isEmpty()) {
            throw Errors.error(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for VersionId: " + to);
        }
        if (to == null && stage.equals(SecretVersion.CURRENT)) {
            throw Errors.invalidParameter("You can only move staging label AWSCURRENT to a different secret version."
                    + " It can't be completely removed.");
        }
    }

    ListSecretVersionIdsResponse list(Call call, ListSecretVersionIdsRequest request) {
        SecretRecord secret = secrets.require(call, request.secretId());
        boolean all = Boolean.TRUE.equals(request.includeDeprecated());
        List<SecretVersion> versions = secret.versions().stream()
                .filter(each -> all || !each.stages().isEmpty())
                .toList();
        Page<SecretVersion> page = Pages.of(
                versions,
                SecretVersion::id,
                request.maxResults(),
                100,
                request.nextToken(),
                "InvalidNextTokenException");
        return ListSecretVersionIdsResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versions(page.items().stream().map(SecretShapes::version).toList())
                .nextToken(page.next())
                .build();
    }
}
