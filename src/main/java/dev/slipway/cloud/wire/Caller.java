package dev.slipway.cloud.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who makes a call, as the signature proved it.
 *
 * @param arn {@code arn:aws:iam::ACCOUNT:root}, {@code …:user/NAME} or {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}
 * @param userId AWS's unique id ({@code AIDA…}, {@code AROA…:SESSION}, or the account id for the root)
 * @param accessKeyId the key that signed
 * @param sessionPolicy the policy given with AssumeRole, a JSON document
 * @param expires when a session ends
 * @param tags principal tags, by key
 * @param keys condition keys that the session brings into every request, such as {@code aws:SourceIdentity}
 */
public record Caller(
        String account,
        String arn,
        String userId,
        String accessKeyId,
        Optional<String> sessionPolicy,
        Optional<Instant> expires,
        Map<String, String> tags,
        Map<String, List<String>> keys) {
    /** The caller of an operation that needs no signature. */
    public static final Caller ANONYMOUS =
            new Caller("anonymous", "anonymous", "anonymous", "", Optional.empty(), Optional.empty(), Map.of());

    public Caller {
        tags = Map.copyOf(tags);
        keys = Map.copyOf(keys);
    }

    /** A caller who brings no condition keys. */
    public Caller(
            String account,
            String arn,
            String userId,
            String accessKeyId,
            Optional<String> sessionPolicy,
            Optional<Instant> expires,
            Map<String, String> tags) {
        this(account, arn, userId, accessKeyId, sessionPolicy, expires, tags, Map.of());
    }

    public boolean isRoot() {
        return arn.endsWith(":root");
    }
}
