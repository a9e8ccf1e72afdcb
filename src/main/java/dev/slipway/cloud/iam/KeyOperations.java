package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** Long-lived keys: made for users, and looked up when a call is signed. */
final class KeyOperations {
    static final int MOST_PER_USER = 2;
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    private final Directory directory;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    KeyOperations(Directory directory, Questions questions, UniqueIds ids, InstantSource clock) {
        this.directory = directory;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Twelve digits are the root of that account with any secret; other keys are those of users, while they are active. */
    Optional<Credentials> find(String accessKeyId) {
        if (ACCOUNT.matcher(accessKeyId).matches()) {
            String root = "arn:aws:iam::" + accessKeyId + ":root";
            Caller caller = new Caller(
                    accessKeyId, root, accessKeyId, accessKeyId, Optional.empty(), Optional.empty(), Map.of());
            return Optional.of(new Credentials(caller, Optional.empty(), Optional.empty()));
        }
        return directory.keys().get(accessKeyId).filter(KeyRecord::active).flatMap(key -> directory
                .owner(key)
                .map(user -> new Credentials(
                        new Caller(
                                user.account(),
                                user.arn(),
                                user.id(),
                                key.id(),
                                Optional.empty(),
                                Optional.empty(),
                                user.tags()),
                        Optional.of(key.secret()),
                        Optional.empty())));
    }

    void addTo(Ops ops) {
        ops.on(
                        CreateAccessKeyRequest.class,
                        CreateAccessKeyResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        this::create)
                .change(
                        UpdateAccessKeyRequest.class,
                        UpdateAccessKeyResponse.class,
                        () -> UpdateAccessKeyResponse.builder().build(),
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        this::update)
                .change(
                        DeleteAccessKeyRequest.class,
                        DeleteAccessKeyResponse.class,
                        () -> DeleteAccessKeyResponse.builder().build(),
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        this::delete)
                .on(
                        ListAccessKeysRequest.class,
                        ListAccessKeysResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        this::list)
                .on(
                        GetAccessKeyLastUsedRequest.class,
                        GetAccessKeyLastUsedResponse.class,
                        (call, op, in) -> questions.ask(
                                call,
                                op,
                                owner(call, in.accessKeyId())
                                        .map(UserRecord::arn)
                                        .orElse("*"),
                                Map.of()),
                        this::lastUsed);
    }

    private synchronized CreateAccessKeyResponse create(Call call, CreateAccessKeyRequest in) {
        UserRecord user = user(call, in.userName());
        if (directory.keysOf(user).size() >= MOST_PER_USER) {
            throw Faults.limit("Cannot exceed quota for AccessKeysPerUser: " + MOST_PER_USER);
        }
        KeyRecord key = new KeyRecord(
                ids.key("AKIA"),
                user.account(),
                user.name(),
                user.id(),
                ids.secret(),
                true,
                clock.instant().getEpochSecond());
        directory.keys().put(key.id(), key);
        return CreateAccessKeyResponse.builder()
                .accessKey(AccessKey.builder()
                        .userName(user.name())
                        .accessKeyId(key.id())
                        .status(StatusType.ACTIVE)
                        .secretAccessKey(key.secret())
                        .createDate(Instant.ofEpochSecond(key.created()))
                        .build())
                .build();
    }

    private void update(Call call, UpdateAccessKeyRequest in) {
        // The model has it, but nobody can make a key so.
        if (in.status() == StatusType.EXPIRED) {
            throw Faults.validation(
                    "1 validation error detected: Value at 'status' failed to satisfy constraint: Member"
                            + " must satisfy enum value set: [Active, Inactive]");
        }
        KeyRecord key = key(call, in.userName(), in.accessKeyId());
        directory.keys().update(key.id(), old -> old.withActive(in.status() == StatusType.ACTIVE));
    }

    private void delete(Call call, DeleteAccessKeyRequest in) {
        String id = key(call, in.userName(), in.accessKeyId()).id();
        directory.keys().remove(id);
        directory.uses().forget(id);
    }

    /** Only of the caller's account: another's key is as unknown as none. */
    private Optional<UserRecord> owner(Call call, String accessKeyId) {
        return directory
                .keys()
                .get(accessKeyId)
                .filter(key -> key.account().equals(call.account()))
                .flatMap(directory::owner);
    }

    private GetAccessKeyLastUsedResponse lastUsed(Call call, GetAccessKeyLastUsedRequest in) {
        UserRecord user = owner(call, in.accessKeyId())
                .orElseThrow(() -> Faults.denied("User: " + call.caller().arn()
                        + " is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key "
                        + in.accessKeyId()));
        AccessKeyLastUsed.Builder last =
                AccessKeyLastUsed.builder().serviceName("N/A").region("N/A");
        directory.uses().of(in.accessKeyId()).ifPresent(use -> last.lastUsedDate(Instant.ofEpochSecond(use.at()))
                .serviceName(use.service())
                .region(use.region()));
        return GetAccessKeyLastUsedResponse.builder()
                .userName(user.name())
                .accessKeyLastUsed(last.build())
                .build();
    }

    private ListAccessKeysResponse list(Call call, ListAccessKeysRequest in) {
        UserRecord user = user(call, in.userName());
        Page<KeyRecord> page = Pages.of(directory.keysOf(user), KeyRecord::id, in.marker(), in.maxItems());
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(page.items().stream()
                        .map(key -> AccessKeyMetadata.builder()
                                .userName(user.name())
                                .accessKeyId(key.id())
                                .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                                .createDate(Instant.ofEpochSecond(key.created()))
                                .build())
                        .toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private UserRecord user(Call call, @Nullable String name) {
        return directory.users().get(call.account(), UserOperations.nameOrSelf(call.caller(), name));
    }

    private KeyRecord key(Call call, @Nullable String userName, String id) {
        UserRecord user = user(call, userName);
        return directory
                .keys()
                .get(id)
                .filter(key -> key.userId().equals(user.id()))
                .orElseThrow(() -> Faults.noSuch("The Access Key with id " + id + " cannot be found."));
    }
}
