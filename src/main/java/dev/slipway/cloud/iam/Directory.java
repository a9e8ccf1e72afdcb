package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where everything of IAM is kept, and how ARNs and unique ids lead to it.
 *
 * @param aliases by account
 * @param deletions of service-linked roles, by task
 * @param uses of keys and roles
 */
record Directory(
        Register<UserRecord> users,
        Register<RoleRecord> roles,
        Register<GroupRecord> groups,
        Table<ManagedPolicy> policies,
        Table<ProfileRecord> profiles,
        Table<KeyRecord> keys,
        Table<Alias> aliases,
        Table<Deletion> deletions,
        LastUse.Book uses) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern UNIQUE_ID = Pattern.compile("A[A-Z]{3}[A-Z0-9]{12,}(:.*)?");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:(iam|sts)::(\\d{12}):(root|user|role|assumed-role)(?:(/.*?)([^/]+))?");

    /** The directory as it is, and as decisions see it. */
    record Views(Directory now, Directory seen) {}

    /** @param delay how long it takes until decisions see a change in an account */
    static Views open(Store store, Function<String, Duration> delay, InstantSource clock) {
        UnaryOperator<String> account = Register::account;
        var users = new Delayed<>(store.table("iam.users", UserRecord.class), Register::key, account, delay, clock);
        var roles = new Delayed<>(store.table("iam.roles", RoleRecord.class), Register::key, account, delay, clock);
        var groups = new Delayed<>(store.table("iam.groups", GroupRecord.class), Register::key, account, delay, clock);
        var policies = new Delayed<>(
                store.table("iam.policies", ManagedPolicy.class),
                ManagedPolicy::arn,
                arn -> arn.split(":", 6)[4],
                delay,
                clock);
        Directory now = new Directory(
                new Register<>(Kind.USER, users),
                new Register<>(Kind.ROLE, roles),
                new Register<>(Kind.GROUP, groups),
                policies,
                store.table("iam.profiles", ProfileRecord.class),
                store.table("iam.keys", KeyRecord.class),
                store.table("iam.aliases", Alias.class),
                store.table("iam.deletions", Deletion.class),
                new LastUse.Book(store.table("iam.uses", LastUse.class)));
        now.users.forgetTwins();
        now.groups.forgetTwins();
        Directory seen = new Directory(
                new Register<>(Kind.USER, users.seen()),
                new Register<>(Kind.ROLE, roles.seen()),
                new Register<>(Kind.GROUP, groups.seen()),
                policies.seen(),
                now.profiles,
                now.keys,
                now.aliases,
                now.deletions,
                now.uses);
        return new Views(now, seen);
    }

    List<KeyRecord> keysOf(UserRecord user) {
        return keys.values().stream()
                .filter(key -> key.userId().equals(user.id()))
                .toList();
    }

    /** The user whose key it is; he may have another name by now. */
    Optional<UserRecord> owner(KeyRecord key) {
        return users.find(key.account(), key.user())
                .filter(user -> user.id().equals(key.userId()))
                .or(() -> users.byId(key.userId()));
    }

    /** The groups that a user is in, in the order he came into them. */
    List<GroupRecord> groupsOf(UserRecord user) {
        return user.groups().stream()
                .map(groups::byId)
                .flatMap(Optional::stream)
                .toList();
    }

    List<UserRecord> members(GroupRecord group) {
        return users.list(group.account()).stream()
                .filter(user -> user.groups().contains(group.id()))
                .toList();
    }

    List<ProfileRecord> profiles(String account) {
        return profiles.values().stream()
                .filter(profile -> profile.account().equals(account))
                .toList();
    }

    List<ManagedPolicy> policies(String account) {
        return policies.values().stream()
                .filter(policy -> policy.owner().equals(account))
                .toList();
    }

    /** Every user, role and group of an account. */
    Stream<Identity<?>> identities(String account) {
        return Stream.of(users.list(account).stream(), roles.list(account).stream(), groups.list(account).stream())
                .flatMap(each -> each);
    }

    /** How many users, roles and groups of an account have this managed policy attached. */
    long uses(String account, String policyArn) {
        return identities(account)
                .filter(identity -> identity.policies().attached().contains(policyArn))
                .count();
    }

    /** How many users and roles of an account it caps. */
    long boundaryUses(String account, String policyArn) {
        return identities(account)
                .filter(identity -> policyArn.equals(identity.policies().boundary()))
                .count();
    }

    /** The role that has exactly this ARN, its path included. */
    Optional<RoleRecord> roleOf(String arn) {
        return parts(arn)
                .filter(parts -> parts.group(3).equals("role") && parts.group(5) != null)
                .flatMap(parts -> roles.find(parts.group(2), parts.group(5)))
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
                    users.find(account, parts.group(5))
                            .filter(user -> user.arn().equals(arn))
                            .map(UserRecord::id);
                case "iam:role" -> roleOf(arn).map(RoleRecord::id);
                case "sts:assumed-role" ->
                    roles.find(account, roleName(parts.group(4))).map(role -> role.id() + ":" + parts.group(5));
                default -> Optional.empty();
            };
        });
    }

    /** The ARN that belongs to a unique id; empty when nobody has it any more. */
    Optional<String> arnOf(String uniqueId) {
        int colon = uniqueId.indexOf(':');
        if (colon >= 0) {
            return roles.byId(uniqueId.substring(0, colon))
                    .map(role -> "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/"
                            + uniqueId.substring(colon + 1));
        }
        return Stream.<Identity<?>>concat(users.all(), roles.all())
                .filter(identity -> Objects.equals(identity.id(), uniqueId))
                .findFirst()
                .map(Identity::arn);
    }

    /** What to call whom a policy names: the ARN that belongs to a unique id, or the id and that nobody has it. */
    String called(String principal) {
        return UNIQUE_ID.matcher(principal).matches()
                ? arnOf(principal).orElse(principal + ", who is gone (whoever has his name now is somebody else)")
                : principal;
    }

    private static String roleName(String between) {
        return between.length() < 2 ? "" : between.substring(1, between.length() - 1);
    }

    private static Optional<Matcher> parts(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches() ? Optional.of(parts) : Optional.empty();
    }
}
