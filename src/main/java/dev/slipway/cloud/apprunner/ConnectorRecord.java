package dev.slipway.cloud.apprunner;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A VPC connector, of which the local cloud keeps what was said and no more. Stored; times in milliseconds since the epoch. */
record ConnectorRecord(
        String account,
        String region,
        String name,
        String id,
        List<String> subnets,
        List<String> securityGroups,
        long createdAt,
        @Nullable Long deletedAt,
        Map<String, String> tags)
        implements Resource<ConnectorRecord> {
    ConnectorRecord {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    @Override
    public String arn() {
        return "arn:aws:apprunner:" + region + ":" + account + ":vpcconnector/" + name + "/1/" + id;
    }

    boolean active() {
        return deletedAt == null;
    }

    ConnectorRecord deleted(long at) {
        return new ConnectorRecord(account, region, name, id, subnets, securityGroups, createdAt, at, tags);
    }

    @Override
    public ConnectorRecord withTags(Map<String, String> newTags) {
        return new ConnectorRecord(account, region, name, id, subnets, securityGroups, createdAt, deletedAt, newTags);
    }
}
