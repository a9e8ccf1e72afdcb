package dev.slipway.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param account twelve digits; empty for a service
 * @param arn the root's, user's or session's ARN, or a service's name
 * @param roleArn the role of a session, else the same as {@code arn}
 * @param userId the unique id: the account for its root, {@code AIDA…}, {@code AROA…:SESSION}, or a service's name
 * @param tags the principal's tags by key
 */
public record Principal(
        Kind kind, String account, String arn, String roleArn, String userId, Map<String, String> tags) {
    public Principal {
        Objects.requireNonNull(kind, "kind is null");
        tags = Map.copyOf(tags);
    }

    /** The kinds of caller that rules tell apart. */
    public enum Kind {
        ROOT,
        USER,
        SESSION,
        SERVICE
    }

    public static Principal root(String account) {
        String arn = rootArn(account);
        return new Principal(Kind.ROOT, account, arn, arn, account, Map.of());
    }

    public static Principal user(String account, String arn, String userId, Map<String, String> tags) {
        return new Principal(Kind.USER, account, arn, arn, userId, tags);
    }

    /** A session of a role; {@code userId} is the role's id, a colon and the session's name. */
    public static Principal session(
            String account, String sessionArn, String roleArn, String userId, Map<String, String> tags) {
        return new Principal(Kind.SESSION, account, sessionArn, roleArn, userId, tags);
    }

    /** An AWS service, for example {@code build.apprunner.amazonaws.com}. */
    public static Principal service(String name) {
        return new Principal(Kind.SERVICE, "", name, name, name, Map.of());
    }

    static String rootArn(String account) {
        return "arn:aws:iam::" + account + ":root";
    }

    /** The unique id of the user or role, without a session's name. */
    String entityId() {
        int colon = userId.indexOf(':');
        return colon < 0 ? userId : userId.substring(0, colon);
    }

    Map<String, List<String>> contextKeys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        tags.forEach((key, value) -> keys.put("aws:PrincipalTag/" + key, List.of(value)));
        keys.put("aws:PrincipalIsAWSService", List.of(String.valueOf(kind == Kind.SERVICE)));
        if (kind == Kind.SERVICE) {
            keys.put("aws:PrincipalServiceName", List.of(arn));
            keys.put("aws:PrincipalServiceNamesList", List.of(arn));
            return keys;
        }
        keys.put("aws:PrincipalArn", List.of(roleArn));
        keys.put("aws:PrincipalAccount", List.of(account));
        keys.put("aws:PrincipalType", List.of(type()));
        keys.put("aws:userid", List.of(userId));
        if (kind == Kind.USER) {
            keys.put("aws:username", List.of(arn.substring(arn.lastIndexOf('/') + 1)));
        }
        return keys;
    }

    private String type() {
        return switch (kind) {
            case ROOT -> "Account";
            case USER -> "User";
            case SESSION -> "AssumedRole";
            case SERVICE -> "Service";
        };
    }
}
