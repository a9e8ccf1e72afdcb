package dev.slipway.cloud.iam;

import java.util.Map;

/**
 * What STS needs of a role.
 *
 * @param id the unique id, {@code AROA…}
 * @param maxSession the longest session in seconds
 */
public record AssumableRole(
        String account, String name, String arn, String id, int maxSession, Map<String, String> tags) {
    public AssumableRole {
        tags = Map.copyOf(tags);
    }

    public String sessionArn(String session) {
        return "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session;
    }

    public String sessionId(String session) {
        return id + ":" + session;
    }
}
