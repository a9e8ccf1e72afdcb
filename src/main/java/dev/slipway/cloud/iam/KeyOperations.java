package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** Long-lived keys: made for users, and looked up when a call is signed. */
final class KeyOperations {
    private static final int MOST_PER_USER = 2;
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
        return directory.keys.get(accessKeyId).filter(KeyRecord::active).flatMap(key -> directory
                .findUser(key.account(), key.user())
                .filter(user -> user.id().equals(key.userId()))
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

    void addTo(AwsService.Builder service) {
        service.on(
                        "CreateAccessKey",
                        CreateAccessKeyRequest.class,
                        CreateAccessKeyResponse.class,
                        (call, in) -> questions.user(call, "CreateAccessKey", in.userName()),
                        this::create)
                .on(
                        "UpdateAccessKey",
                        UpdateAccessKeyRequest.class,
                        UpdateAccessKeyResponse.class,
                        (call, in) -> questions.user(call, "UpdateAccessKey", in.userName()),
                        this::update)
                .on(
                        "DeleteAccessKey",
                        DeleteAccessKeyRequest.class,
                        DeleteAccessKeyResponse.class,
                        (call, in) -> questions.user(call, "DeleteAccessKey", in.userName()),
                        this::delete)
                .on(
                        "ListAccessKeys",
                        ListAccessKeysRequest.class,
                        ListAccessKeysResponse.class,
                        (call, in) -> questions.user(call, "ListAccessKeys", in.userName()),
                        this::list);
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
        directory.keys.put(key.id(), key);
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

    private UpdateAccessKeyResponse update(Call call, UpdateAccessKeyRequest in) {
        if (in.status() != StatusType.ACTIVE && in.status() != StatusType.INACTIVE) {
            throw Faults.validation(
                    "1 validation error detected: Value '" + in.statusAsString()
                            + "' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]");
        }
        KeyRecord key = key(call, in.userName(), in.accessKeyId());
        directory.keys.update(key.id(), old -> old.withActive(in.status() == StatusType.ACTIVE));
        return UpdateAccessKeyResponse.builder().build();
    }

    private DeleteAccessKeyResponse delete(Call call, DeleteAccessKeyRequest in) {
        directory.keys.remove(key(call, in.userName(), in.accessKeyId()).id());
        return DeleteAccessKeyResponse.builder().build();
    }

    private ListAccessKeysResponse list(Call call, ListAccessKeysRequest in) {
        UserRecord user = user(call, in.userName());
        Page<KeyRecord> page = Page.of(directory.keysOf(user), KeyRecord::id, in.marker(), in.maxItems());
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(page.items().stream()
                        .map(key -> AccessKeyMetadata.builder()
                                .userName(user.name())
                                .accessKeyId(key.id())
                                .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                                .createDate(Instant.ofEpochSecond(key.created()))
                                .build())
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private UserRecord user(Call call, @Nullable String name) {
        return directory.user(call.account(), UserOperations.nameOrSelf(call.caller(), name));
    }

    private KeyRecord key(Call call, @Nullable String userName, String id) {
        UserRecord user = user(call, userName);
        return directory
                .keys
                .get(id)
                .filter(key -> key.userId().equals(user.id()))
                .orElseThrow(() -> Faults.noSuch("The Access Key with id " + id + " cannot be found."));
    }
}
