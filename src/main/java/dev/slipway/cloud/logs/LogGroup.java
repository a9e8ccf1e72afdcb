package dev.slipway.cloud.logs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * One group of an account and region, with its streams by name.
 *
 * @param created in milliseconds since 1970
 */
record LogGroup(Key key, long created, ConcurrentSkipListMap<String, LogStream> streams) {
    record Key(String account, String region, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::account).thenComparing(Key::region).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        String arn() {
            return "arn:aws:logs:" + region + ":" + account + ":log-group:" + name;
        }
    }

    String name() {
        return key.name();
    }

    Optional<LogStream> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    Collection<LogStream> all() {
        return List.copyOf(streams.values());
    }

    long bytes() {
        return all().stream()
                .mapToLong(stream -> stream.events().summary().bytes())
                .sum();
    }
}
