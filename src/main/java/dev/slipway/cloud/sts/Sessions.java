package dev.slipway.cloud.sts;

import dev.slipway.cloud.iam.UniqueIds;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions that were given out. They outlive the process, and a while their own end, so that a late caller hears "expired", not "unknown". */
final class Sessions {
    private static final Duration REMEMBERED = Duration.ofHours(12);
    private static final int TOKEN_BYTES = 96;

    private final Table<SessionRecord> table;
    private final InstantSource clock;
    private final UniqueIds ids;

    Sessions(Store store, InstantSource clock, UniqueIds ids) {
        this.table = store.table("sts.sessions", SessionRecord.class);
        this.clock = clock;
        this.ids = ids;
    }

    Optional<SessionRecord> find(String accessKeyId) {
        return table.get(accessKeyId);
    }

    /**
     * What a session passes on along a chain of roles.
     *
     * @param transitiveKeys the keys of the tags
     */
    record Heritage(List<String> transitiveKeys, @Nullable String sourceIdentity) {
        static final Heritage NONE = new Heritage(List.of(), null);
    }

    /** Gives out keys for what the caller describes; its key id and end are set here. */
    SessionRecord begin(Caller who, Duration length, Heritage heritage) {
        Instant now = clock.instant();
        forgetOld(now);
        SessionRecord session = new SessionRecord(
                ids.key("ASIA"),
                ids.secret(),
                ids.text(TOKEN_BYTES),
                who.account(),
                who.arn(),
                who.userId(),
                now.getEpochSecond(),
                now.plus(length).getEpochSecond(),
                who.sessionPolicy().orElse(null),
                who.tags(),
                heritage.transitiveKeys(),
                heritage.sourceIdentity());
        table.put(session.accessKeyId(), session);
        return session;
    }

    private void forgetOld(Instant now) {
        long before = now.minus(REMEMBERED).getEpochSecond();
        for (SessionRecord session : table.values()) {
            if (session.expires() < before) {
                table.remove(session.accessKeyId());
            }
        }
    }
}
