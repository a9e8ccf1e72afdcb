package dev.slipway.cloud.apprunner;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A VPC ingress connection: the name under which a private service is reached. Stored.
 *
 * @param subdomain the first label of that name
 * @param createdAt in milliseconds since the epoch
 */
record IngressRecord(
        String account,
        String region,
        String name,
        String id,
        String serviceArn,
        String vpcId,
        String endpointId,
        String subdomain,
        long createdAt,
        Map<String, String> tags)
        implements Resource<IngressRecord> {
    IngressRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    @Override
    public String arn() {
        return "arn:aws:apprunner:" + region + ":" + account + ":vpcingressconnection/" + name + "/" + id;
    }

    String domain() {
        return subdomain + "." + region + ".awsapprunner.com";
    }

    /** The same under a name that every resolver sends to this machine. */
    String localDomain() {
        return subdomain + "." + region + ".awsapprunner.localhost";
    }

    IngressRecord with(String newVpc, String newEndpoint) {
        return new IngressRecord(
                account, region, name, id, serviceArn, newVpc, newEndpoint, subdomain, createdAt, tags);
    }

    @Override
    public IngressRecord withTags(Map<String, String> newTags) {
        return new IngressRecord(
                account, region, name, id, serviceArn, vpcId, endpointId, subdomain, createdAt, newTags);
    }
}
