package dev.slipway.cloud.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One group of an account and region, with its streams by name.
 *
 * @param created in milliseconds since 1970
 */
record LogGroup(
        Key key, long created, ConcurrentSkipListMap<String, LogStream> streams, AtomicReference<Settings> settings) {
    /**
     * What a client may change of a group.
     *
     * @param retentionDays how long events can be read; absent: for ever
     */
    record Settings(@Nullable Integer retentionDays, Map<String, String> tags) {
        static final Settings NONE = new Settings(null, Map.of());

        Settings {
            tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        }
    }

    static LogGroup empty(Key key, long created, Settings settings) {
        return new LogGroup(key, created, new ConcurrentSkipListMap<>(), new AtomicReference<>(settings));
    }

    Settings settingsNow() {
        return Objects.requireNonNull(settings.get(), "a group always has settings");
    }

    /** Whether the group's retention still lets an event be read. */
    boolean retains(LogEvent event, Instant now) {
        Integer days = settingsNow().retentionDays();
        return days == null || event.time() >= now.minus(Duration.ofDays(days)).toEpochMilli();
    }

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
