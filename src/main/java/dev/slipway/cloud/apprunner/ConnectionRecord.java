package dev.slipway.cloud.apprunner;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection to a provider of source code. Nobody can complete its handshake here. Stored.
 *
 * @param createdAt in milliseconds since the epoch
 */
record ConnectionRecord(
        String account,
        String region,
        String name,
        String id,
        String provider,
        long createdAt,
        Map<String, String> tags)
        implements Resource<ConnectionRecord> {
    ConnectionRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    @Override
    public String arn() {
        return "arn:aws:apprunner:" + region + ":" + account + ":connection/" + name + "/" + id;
    }

    @Override
    public ConnectionRecord withTags(Map<String, String> newTags) {
        return new ConnectionRecord(account, region, name, id, provider, createdAt, newTags);
    }
}
