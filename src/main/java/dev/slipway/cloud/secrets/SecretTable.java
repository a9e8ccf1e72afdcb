package dev.slipway.cloud.secrets;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The recorded secrets. Thread-safe. */
final class SecretTable {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:secretsmanager:([a-z0-9-]{1,40}):([0-9]{12}):secret:(.{1,520})");
    private static final Pattern SUFFIXED = Pattern.compile("(.+)-([A-Za-z0-9]{6})");

    private final Table<SecretRecord> table;
    private final InstantSource clock;

    SecretTable(Store store, InstantSource clock) {
        this.table = store.table("secrets", SecretRecord.class);
        this.clock = clock;
    }

    /** Where an identifier points to: a name in the caller's account and region, or wherever an ARN says. */
    record Place(String account, String region, String name, Optional<String> suffix) {
        /** What a policy is asked about when there is no secret: the characters that AWS adds are not known then. */
        String arn() {
            return SecretRecord.arn(account, region, name + "-" + suffix.orElse("??????"));
        }
    }

    Optional<SecretRecord> find(Call call, @Nullable String id) {
        if (id == null) {
            return Optional.empty();
        }
        Matcher arn = ARN.matcher(id);
        if (!arn.matches()) {
            return get(call.account(), call.region(), id);
        }
        if (!arn.group(1).equals(call.region())) {
            return Optional.empty();
        }
        Matcher suffixed = SUFFIXED.matcher(arn.group(3));
        Optional<SecretRecord> whole = suffixed.matches()
                ? get(arn.group(2), arn.group(1), suffixed.group(1))
                        .filter(found -> found.suffix().equals(suffixed.group(2)))
                : Optional.empty();
        return whole.isPresent() ? whole : get(arn.group(2), arn.group(1), arn.group(3));
    }

    /** @throws dev.slipway.cloud.wire.AwsException ResourceNotFound when there is no such secret */
    SecretRecord require(Call call, @Nullable String id) {
        return find(call, id).orElseThrow(Errors::secretNotFound);
    }

    /** @throws dev.slipway.cloud.wire.AwsException when there is no such secret, or it waits for its deletion */
    SecretRecord requireUsable(Call call, @Nullable String id) {
        SecretRecord found = require(call, id);
        if (found.deleted()) {
            throw Errors.invalidRequest(
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return found;
    }

    /** For a question about a secret that is not there. */
    Place place(Call call, @Nullable String id) {
        Matcher arn = ARN.matcher(String.valueOf(id));
        if (!arn.matches()) {
            return new Place(call.account(), call.region(), String.valueOf(id), Optional.empty());
        }
        Matcher suffixed = SUFFIXED.matcher(arn.group(3));
        return suffixed.matches()
                ? new Place(arn.group(2), arn.group(1), suffixed.group(1), Optional.of(suffixed.group(2)))
                : new Place(arn.group(2), arn.group(1), arn.group(3), Optional.empty());
    }

    private Optional<SecretRecord> get(String account, String region, String name) {
        return table.get(key(account, region, name)).filter(this::there);
    }

    private boolean there(SecretRecord secret) {
        Long purge = secret.purgeAt();
        return purge == null || purge > clock.millis();
    }

    List<SecretRecord> all(String account, String region) {
        return table.values().stream()
                .filter(each -> each.account().equals(account) && each.region().equals(region))
                .filter(this::there)
                .toList();
    }

    void put(SecretRecord secret) {
        table.put(key(secret.account(), secret.region(), secret.name()), secret);
    }

    SecretRecord update(SecretRecord secret, UnaryOperator<SecretRecord> change) {
        return table.update(key(secret.account(), secret.region(), secret.name()), change)
                .orElseThrow(Errors::secretNotFound);
    }

    void remove(SecretRecord secret) {
        table.remove(key(secret.account(), secret.region(), secret.name()));
    }

    private static String key(String account, String region, String name) {
        return account + "/" + region + "/" + name;
    }
}
