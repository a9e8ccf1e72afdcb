package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.AwsService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * Log groups on disk or in memory, and the CloudWatch Logs operations that read them. Bounded: of a stream the newest megabytes are
 * kept, of a group the {@value #MOST_STREAMS} streams that were made last. Thread-safe.
 */
public final class Logs implements LogStore, AutoCloseable {
    private static final int MOST_STREAMS = 500;
    private static final int MOST_MESSAGE_CHARS = 256 * 1024;
    private static final long BYTES_IN_MEMORY = 1L << 20;
    private static final long BYTES_OF_A_FILE = 2L << 20;

    private final ConcurrentSkipListMap<LogGroup.Key, LogGroup> groups = new ConcurrentSkipListMap<>();
    private final Shelf shelf;
    private final InstantSource clock;

    private Logs(Shelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = clock;
        shelf.load().forEach(group -> groups.put(group.key(), group));
    }

    /** Logs that live as long as this object. */
    public static Logs inMemory(InstantSource clock) {
        return new Logs(Shelf.inMemory(BYTES_IN_MEMORY), clock);
    }

    /** Logs under {@code directory}, which is made when it is not there; what an earlier process wrote is there again. */
    public static Logs open(Path directory, InstantSource clock) throws IOException {
        return new Logs(new FileShelf(directory, BYTES_OF_A_FILE), clock);
    }

    static Logs on(Shelf shelf, InstantSource clock) {
        return new Logs(shelf, clock);
    }

    /** CloudWatch Logs: JSON 1.1, target {@code Logs_20140328}, signing name {@code logs}. */
    public AwsService service() {
        return new LogOperations(this).service();
    }

    @Override
    public void append(String account, String region, String group, String stream, Instant time, String message) {
        String kept = message.length() <= MOST_MESSAGE_CHARS ? message : message.substring(0, MOST_MESSAGE_CHARS);
        stream(new LogGroup.Key(account, region, group), stream)
                .events()
                .append(time.toEpochMilli(), clock.millis(), kept);
    }

    private LogStream stream(LogGroup.Key key, String name) {
        LogGroup group = groups.get(key);
        LogStream known = group == null ? null : group.streams().get(name);
        return known == null ? make(key, name) : known;
    }

    private synchronized LogStream make(LogGroup.Key key, String name) {
        long now = clock.millis();
        LogGroup group = groups.computeIfAbsent(key, made -> LogGroup.empty(made, now, LogGroup.Settings.NONE));
        LogStream stream =
                group.streams().computeIfAbsent(name, made -> new LogStream(made, now, shelf.place(group, made, now)));
        if (group.streams().size() > MOST_STREAMS) {
            group.all().stream()
                    .filter(other -> !other.name().equals(name))
                    .min(Comparator.comparingLong(LogStream::created))
                    .ifPresent(oldest -> {
                        group.streams().remove(oldest.name());
                        oldest.events().delete();
                    });
        }
        return stream;
    }

    @Override
    public synchronized void delete(String account, String region, String group) {
        LogGroup removed = groups.remove(new LogGroup.Key(account, region, group));
        if (removed != null) {
            removed.all().forEach(stream -> stream.events().delete());
            shelf.delete(removed);
        }
    }

    /** Makes a group that no event has made yet; false when it is there. */
    synchronized boolean create(LogGroup.Key key, LogGroup.Settings settings) {
        if (groups.containsKey(key)) {
            return false;
        }
        LogGroup group = LogGroup.empty(key, clock.millis(), settings);
        shelf.save(group);
        groups.put(key, group);
        return true;
    }

    synchronized void change(LogGroup group, UnaryOperator<LogGroup.Settings> change) {
        group.settings().updateAndGet(change);
        shelf.save(group);
    }

    /** Removes a stream of a group; false when it is not there. */
    synchronized boolean deleteStream(LogGroup group, String stream) {
        LogStream removed = group.streams().remove(stream);
        if (removed != null) {
            removed.events().delete();
        }
        return removed != null;
    }

    /** The groups of one account and region, by name. */
    Collection<LogGroup> groups(String account, String region) {
        return groups.values().stream()
                .filter(group -> group.key().account().equals(account)
                        && group.key().region().equals(region))
                .toList();
    }

    Optional<LogGroup> group(String account, String region, String name) {
        return Optional.ofNullable(groups.get(new LogGroup.Key(account, region, name)));
    }

    @Override
    public synchronized void close() {
        List.copyOf(groups.values())
                .forEach(group -> group.all().forEach(stream -> stream.events().release()));
    }
}
