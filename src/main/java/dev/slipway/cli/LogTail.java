package dev.slipway.cli;

import dev.slipway.provider.aws.LogReader.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lines of several services, put together by their time; each is given once. */
final class LogTail {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A line may become readable after a younger one. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final List<Source> sources;
    private final Map<String, Instant> given = new HashMap<>();
    private Instant start;

    /** A service's name in the stack, and its lines from a time on. */
    record Source(String name, Function<Instant, List<Line>> lines) {}

    /** A line and where it is from. */
    record Entry(String name, Line line) {
        /** The service's name, with the first letters of the instance's id when an instance wrote it. */
        String id() {
            String source = line.source();
            String id = source.substring(source.indexOf('/') + 1);
            return source.startsWith("instance/") ? name + "/" + id.substring(0, Math.min(8, id.length())) : name;
        }

        /** For a terminal, to which an application's output must not give commands other than colours. */
        String text() {
            String safe = line.message().replaceAll("\\x1b(?!\\[[0-9;]*m)|[\\p{Cntrl}&&[^\\t\\x1b]]", "?");
            return "%s[%30.30s] %s".formatted(TIME.format(line.time()), id(), safe);
        }
    }

    LogTail(List<Source> sources, Instant start) {
        this.sources = List.copyOf(sources);
        this.start = start;
    }

    /** What has not been given yet. */
    List<Entry> more() {
        List<Entry> fresh = new ArrayList<>();
        for (Source source : sources) {
            for (Line line : source.lines().apply(start)) {
                if (given.putIfAbsent(source.name() + " " + line.id(), line.time()) == null) {
                    fresh.add(new Entry(source.name(), line));
                }
            }
        }
        fresh.sort(Comparator.comparing(entry -> entry.line().time()));
        if (!fresh.isEmpty()) {
            Instant next = fresh.get(fresh.size() - 1).line().time().minus(LATE);
            start = next.isAfter(start) ? next : start;
            given.values().removeIf(time -> time.isBefore(start));
        }
        return fresh;
    }
}
