package dev.slipway.cloud.ecr;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Login passwords, kept as hashes: whoever reads the store learns none. */
final class TokenStore implements RegistryTokens {
    static final Duration LIFE = Duration.ofHours(12);
    private static final int PASSWORD_BYTES = 36;

    private final Table<TokenRow> table;
    private final InstantSource clock;
    private final RandomGenerator random;

    TokenStore(Store store, InstantSource clock, RandomGenerator random) {
        this.table = store.table("ecr-tokens", TokenRow.class);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String issue(Caller caller) {
        Instant now = clock.instant();
        table.values().stream().filter(row -> row.expires().isBefore(now)).forEach(row -> table.remove(row.hash()));
        byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String hash = hash(password);
        table.put(hash, TokenRow.of(hash, caller, now.plus(LIFE)));
        return password;
    }

    /** @param caller who asked for the password */
    record Login(Caller caller, Instant expires) {}

    /** Who stands behind a password; empty when it is unknown or expired. */
    Optional<Login> find(String password) {
        return table.get(hash(password))
                .filter(row -> row.expires().isAfter(now()))
                .map(row -> new Login(row.caller(), row.expires()));
    }

    Instant now() {
        return clock.instant();
    }

    private static String hash(String password) {
        return Digest.of(password.getBytes(StandardCharsets.UTF_8)).hex();
    }

    record TokenRow(
            String hash,
            Instant expires,
            String account,
            String arn,
            String userId,
            String accessKeyId,
            Optional<String> sessionPolicy,
            Optional<Instant> sessionExpires,
            Map<String, String> tags) {
        static TokenRow of(String hash, Caller caller, Instant expires) {
            return new TokenRow(
                    hash,
                    expires,
                    caller.account(),
                    caller.arn(),
                    caller.userId(),
                    caller.accessKeyId(),
                    caller.sessionPolicy(),
                    caller.expires(),
                    caller.tags());
        }

        Caller caller() {
            return new Caller(account, arn, userId, accessKeyId, sessionPolicy, sessionExpires, tags);
        }
    }
}
