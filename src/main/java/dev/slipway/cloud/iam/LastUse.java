package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When, where and for what a key or a role was last used.
 *
 * @param at epoch seconds
 * @param service the signing name
 */
record LastUse(long at, String service, String region) {
    /** As on AWS the time is coarse; so a busy key costs no writes. */
    private static final Duration GRAIN = Duration.ofMinutes(15);

    /** The uses of all keys and roles, by their ids. */
    record Book(Table<LastUse> table) {
        void note(String id, Instant now, String service, String region) {
            LastUse use = new LastUse(now.getEpochSecond(), service, region);
            Optional<LastUse> last = table.get(id);
            boolean known = last.filter(old -> old.service.equals(service)
                            && old.region.equals(region)
                            && use.at - old.at < GRAIN.toSeconds())
                    .isPresent();
            if (!known) {
                table.put(id, use);
            }
        }

        Optional<LastUse> of(String id) {
            return table.get(id);
        }

        void forget(String id) {
            table.remove(id);
        }
    }
}
