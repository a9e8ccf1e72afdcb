package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All users, all roles or all groups. Names are unique in an account without regard to case, but found only in their own. */
final class Register<T extends Identity<T>> {
    private final Kind kind;
    private final Table<T> table;

    Register(Kind kind, Table<T> table) {
        this.kind = kind;
        this.table = table;
    }

    static String key(Identity<?> identity) {
        return key(identity.account(), identity.name());
    }

    /** The account in a key. */
    static String account(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    Kind kind() {
        return kind;
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code EntityAlreadyExists}, {@code LimitExceeded} */
    void add(T identity) {
        if (table.get(key(identity)).isEmpty() && list(identity.account()).size() >= kind.mostPerAccount()) {
            throw Faults.limit("Cannot exceed quota for " + kind.title() + "sPerAccount: " + kind.mostPerAccount());
        }
        if (!table.putIfAbsent(key(identity), identity)) {
            throw exists(identity.name());
        }
    }

    Optional<T> find(String account, String name) {
        return table.get(key(account, name)).filter(found -> found.name().equals(name));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    T get(String account, String name) {
        return find(account, name).orElseThrow(() -> missing(name));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity}, and what {@code change} throws */
    T change(String account, String name, UnaryOperator<T> change) {
        get(account, name);
        return table.update(key(account, name), change).orElseThrow(() -> missing(name));
    }

    /**
     * Puts a changed document with another name in place of an old one.
     *
     * @throws dev.slipway.cloud.wire.AwsException {@code EntityAlreadyExists} when the new name is taken
     */
    void rename(T old, T renamed) {
        if (key(old).equals(key(renamed))) {
            table.put(key(renamed), renamed);
            return;
        }
        if (!table.putIfAbsent(key(renamed), renamed)) {
            throw exists(renamed.name());
        }
        table.remove(key(old));
    }

    /** Ends a renaming that the cloud's end cut in two: of two documents of the same identity one goes. Nobody was told yet that it has the other name. */
    void forgetTwins() {
        Set<String> ids = new HashSet<>();
        for (T identity : table.values()) {
            if (!ids.add(identity.id())) {
                table.remove(key(identity));
            }
        }
    }

    void remove(T identity) {
        table.remove(key(identity));
    }

    /** Ordered by name, without regard to case. */
    List<T> list(String account) {
        return table.values().stream()
                .filter(identity -> identity.account().equals(account))
                .toList();
    }

    Optional<T> byId(String id) {
        return all().filter(identity -> identity.id().equals(id)).findFirst();
    }

    Stream<T> all() {
        return table.values().stream();
    }

    private RuntimeException missing(String name) {
        return Faults.noSuch("The " + kind.word() + " with name " + name + " cannot be found.");
    }

    private RuntimeException exists(String name) {
        return Faults.exists(kind.title() + " with name " + name + " already exists.");
    }

    private static String key(String account, String name) {
        return account + "/" + name.toLowerCase(Locale.ROOT);
    }
}
