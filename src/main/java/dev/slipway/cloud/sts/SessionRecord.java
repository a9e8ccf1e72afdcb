package dev.slipway.cloud.sts;

import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Temporary credentials and whom they make.
 *
 * @param began epoch seconds; 0 when it is not known any more
 * @param expires epoch seconds
 * @param sessionPolicy a JSON document that caps the session
 * @param tags the session's own tags; the role's are not among them
 * @param sourceIdentity who is behind the session, as said when it began; it stays along a chain of roles
 * @param transitiveKeys the keys of tags that the next role in a chain gets too
 */
record SessionRecord(
        String accessKeyId,
        String secret,
        String token,
        String account,
        String arn,
        String userId,
        long began,
        long expires,
        @Nullable String sessionPolicy,
        Map<String, String> tags,
        List<String> transitiveKeys,
        @Nullable String sourceIdentity) {
    SessionRecord {
        tags = new TreeMap<>(tags);
        transitiveKeys = List.copyOf(transitiveKeys);
    }

    Credentials credentials() {
        Caller caller = new Caller(
                account,
                arn,
                userId,
                accessKeyId,
                Optional.ofNullable(sessionPolicy),
                Optional.of(Instant.ofEpochSecond(expires)),
                tags,
                keys());
        return new Credentials(caller, Optional.of(secret), Optional.of(token));
    }

    private Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new TreeMap<>();
        if (sourceIdentity != null) {
            keys.put("aws:SourceIdentity", List.of(sourceIdentity));
        }
        if (began > 0) {
            keys.put("aws:TokenIssueTime", List.of(Instant.ofEpochSecond(began).toString()));
        }
        return keys;
    }

    @Override
    public String toString() {
        return "SessionRecord[" + accessKeyId + "]";
    }
}
