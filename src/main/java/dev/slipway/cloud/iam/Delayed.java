package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A table whose changes are there at once for who reads the table, and only after a while through {@link #seen}: as IAM's changes reach
 * AWS's services. What was there before is remembered only while changes are slow, and not over a restart.
 */
final class Delayed<T> implements Table<T> {
    private final Table<T> table;
    private final Function<T, String> key;
    private final UnaryOperator<String> account;
    private final Function<String, Duration> delay;
    private final InstantSource clock;
    private final Map<String, List<Before<T>>> before = new TreeMap<>();

    /**
     * @param account finds the account in a key
     * @param delay how long changes of an account take now; zero for none
     */
    Delayed(
            Table<T> table,
            Function<T, String> key,
            UnaryOperator<String> account,
            Function<String, Duration> delay,
            InstantSource clock) {
        this.table = table;
        this.key = key;
        this.account = account;
        this.delay = delay;
        this.clock = clock;
    }

    /** What a document was until it was changed; empty when it was not there. */
    private record Before<T>(Instant until, Optional<T> document) {}

    /** The table as others see it now; for reading only. */
    Table<T> seen() {
        return new Seen();
    }

    @Override
    public Optional<T> get(String key) {
        return table.get(key);
    }

    @Override
    public void put(String key, T document) {
        remember(key);
        table.put(key, document);
    }

    @Override
    public boolean putIfAbsent(String key, T document) {
        if (table.get(key).isPresent()) {
            return false;
        }
        remember(key);
        return table.putIfAbsent(key, document);
    }

    @Override
    public Optional<T> update(String key, UnaryOperator<T> change) {
        Optional<T> old = table.get(key);
        Optional<T> changed = table.update(key, change);
        remember(key, old);
        return changed;
    }

    @Override
    public boolean remove(String key) {
        remember(key);
        return table.remove(key);
    }

    @Override
    public void removeIf(Predicate<T> which) {
        table.values().stream().filter(which).map(key).toList().forEach(this::remove);
    }

    @Override
    public Collection<T> values() {
        return table.values();
    }

    private void remember(String key) {
        remember(key, table.get(key));
    }

    private void remember(String key, Optional<T> document) {
        Duration wait = waitFor(key);
        synchronized (before) {
            if (wait.isZero()) {
                before.remove(key);
                return;
            }
            Instant now = clock.instant();
            List<Before<T>> olds = before.computeIfAbsent(key, none -> new ArrayList<>());
            olds.removeIf(old -> old.until.plus(wait).isBefore(now));
            olds.add(new Before<>(now, document));
        }
    }

    private Duration waitFor(String key) {
        return delay.apply(account.apply(key));
    }

    private Optional<T> seenAs(String key) {
        Duration wait = waitFor(key);
        if (!wait.isZero()) {
            Instant now = clock.instant();
            synchronized (before) {
                for (Before<T> old : before.getOrDefault(key, List.of())) {
                    if (now.isBefore(old.until.plus(wait))) {
                        return old.document;
                    }
                }
            }
        }
        return table.get(key);
    }

    private final class Seen implements Table<T> {
        @Override
        public Optional<T> get(String key) {
            return seenAs(key);
        }

        @Override
        public Collection<T> values() {
            List<String> changed;
            synchronized (before) {
                changed = List.copyOf(before.keySet());
            }
            if (changed.isEmpty()) {
                return table.values();
            }
            Map<String, T> seen = new TreeMap<>();
            table.values().forEach(document -> seen.put(key.apply(document), document));
            for (String recent : changed) {
                seen.remove(recent);
                seenAs(recent).ifPresent(document -> seen.put(recent, document));
            }
            return seen.values();
        }

        @Override
        public void put(String key, T document) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public boolean putIfAbsent(String key, T document) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public Optional<T> update(String key, UnaryOperator<T> change) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public boolean remove(String key) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public void removeIf(Predicate<T> which) {
            throw new UnsupportedOperationException("read only");
        }
    }
}
