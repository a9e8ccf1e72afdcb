package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where users, roles, keys and customer policies are kept, and how ARNs and unique ids lead to them. Names are unique without regard to case. */
final class Directory {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:(iam|sts)::(\\d{12}):(root|user|role|assumed-role)(?:(/.*?)([^/]+))?");

    final Table<KeyRecord> keys;
    final Table<ManagedPolicy> policies;
    private final Table<UserRecord> users;
    private final Table<RoleRecord> roles;

    Directory(Store store) {
        users = store.table("iam.users", UserRecord.class);
        roles = store.table("iam.roles", RoleRecord.class);
        keys = store.table("iam.keys", KeyRecord.class);
        policies = store.table("iam.policies", ManagedPolicy.class);
    }

    boolean add(UserRecord user) {
        return users.putIfAbsent(key(user.account(), user.name()), user);
    }

    boolean add(RoleRecord role) {
        return roles.putIfAbsent(key(role.account(), role.name()), role);
    }

    Optional<UserRecord> findUser(String account, String name) {
        return users.get(key(account, name)).filter(user -> user.name().equals(name));
    }

    Optional<RoleRecord> findRole(String account, String name) {
        return roles.get(key(account, name)).filter(role -> role.name().equals(name));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    UserRecord user(String account, String name) {
        return findUser(account, name).orElseThrow(() -> Faults.noUser(name));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    RoleRecord role(String account, String name) {
        return findRole(account, name).orElseThrow(() -> Faults.noRole(name));
    }

    UserRecord changeUser(String account, String name, UnaryOperator<UserRecord> change) {
        user(account, name);
        return users.update(key(account, name), change).orElseThrow(() -> Faults.noUser(name));
    }

    RoleRecord changeRole(String account, String name, UnaryOperator<RoleRecord> change) {
        role(account, name);
        return roles.update(key(account, name), change).orElseThrow(() -> Faults.noRole(name));
    }

    void remove(UserRecord user) {
        users.remove(key(user.account(), user.name()));
    }

    void remove(RoleRecord role) {
        roles.remove(key(role.account(), role.name()));
    }

    List<UserRecord> users(String account) {
        return users.values().stream()
                .filter(user -> user.account().equals(account))
                .toList();
    }

    List<RoleRecord> roles(String account) {
        return roles.values().stream()
                .filter(role -> role.account().equals(account))
                .toList();
    }

    List<KeyRecord> keysOf(UserRecord user) {
        return keys.values().stream()
                .filter(key -> key.userId().equals(user.id()))
                .toList();
    }

    /** How many users and roles of any account use this managed policy; AWS-made ones are used per account. */
    long uses(String account, String policyArn) {
        return Stream.<Identity<?>>concat(users(account).stream(), roles(account).stream())
                .filter(identity -> identity.policies().attached().contains(policyArn))
                .count();
    }

    long boundaryUses(String account, String policyArn) {
        return Stream.<Identity<?>>concat(users(account).stream(), roles(account).stream())
                .filter(identity -> policyArn.equals(identity.policies().boundary()))
                .count();
    }

    /** The role that has exactly this ARN, its path included. */
    Optional<RoleRecord> roleOf(String arn) {
        return parts(arn)
                .filter(parts -> parts.group(3).equals("role") && parts.group(5) != null)
                .flatMap(parts -> findRole(parts.group(2), parts.group(5)))
                .filter(role -> role.arn().equals(arn));
    }

    boolean principalExists(String principal) {
        if (ACCOUNT.matcher(principal).matches()) {
            return true;
        }
        boolean root = parts(principal)
                .filter(parts ->
                        parts.group(1).equals("iam") && parts.group(3).equals("root") && parts.group(5) == null)
                .isPresent();
        return root || uniqueIdOf(principal).isPresent() || arnOf(principal).isPresent();
    }

    Optional<String> uniqueIdOf(String arn) {
        return parts(arn).filter(parts -> parts.group(5) != null).flatMap(parts -> {
            String account = parts.group(2);
            return switch (parts.group(1) + ":" + parts.group(3)) {
                case "iam:user" ->
                    findUser(account, parts.group(5))
                            .filter(user -> user.arn().equals(arn))
                            .map(UserRecord::id);
                case "iam:role" -> roleOf(arn).map(RoleRecord::id);
                case "sts:assumed-role" ->
                    findRole(account, roleName(parts.group(4))).map(role -> role.id() + ":" + parts.group(5));
                default -> Optional.empty();
            };
        });
    }

    /** The ARN that belongs to a unique id; empty when nobody has it any more. */
    Optional<String> arnOf(String uniqueId) {
        int colon = uniqueId.indexOf(':');
        if (colon >= 0) {
            String session = uniqueId.substring(colon + 1);
            return byId(
                    roles.values().stream(),
                    uniqueId.substring(0, colon),
                    role -> "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + session);
        }
        return byId(users.values().stream(), uniqueId, UserRecord::arn)
                .or(() -> byId(roles.values().stream(), uniqueId, RoleRecord::arn));
    }

    private static <T extends Identity<T>> Optional<String> byId(
            Stream<T> identities, String id, Function<T, String> arn) {
        return identities
                .filter(identity -> identity.id().equals(id))
                .findFirst()
                .map(arn);
    }

    private static String roleName(String between) {
        return between.length() < 2 ? "" : between.substring(1, between.length() - 1);
    }

    private static Optional<Matcher> parts(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches() ? Optional.of(parts) : Optional.empty();
    }

    private static String key(String account, String name) {
        return account + "/" + name.toLowerCase(Locale.ROOT);
    }
}
