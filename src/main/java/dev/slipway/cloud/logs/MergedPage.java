package dev.slipway.cloud.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A page of the events of several streams in the order of their times. Its token is the place of its last event in that order. */
record MergedPage(List<Placed> events, Optional<String> next) {
    private static final int MOST_BYTES = 1024 * 1024;

    /** An event and the name of its stream. */
    record Placed(String stream, LogEvent event) {
        private static final Comparator<Placed> ORDER = Comparator.comparingLong(
                        (Placed placed) -> placed.event().time())
                .thenComparing(Placed::stream)
                .thenComparingLong(placed -> placed.event().number());

        String token() {
            return Pages.seal(event.time() + "/" + event.number() + "/" + stream);
        }

        static Placed parse(String token) {
            String[] parts = Pages.open(token).split("/", 3);
            try {
                return new Placed(parts[2], new LogEvent(Long.parseLong(parts[1]), Long.parseLong(parts[0]), 0, ""));
            } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
                throw LogOperations.invalid("The specified nextToken is invalid.");
            }
        }
    }

    static MergedPage of(List<LogStream> streams, Predicate<LogEvent> wanted, Optional<String> token, int limit) {
        Optional<Placed> last = token.map(Placed::parse);
        List<Placed> found = new ArrayList<>();
        for (LogStream stream : streams) {
            for (LogEvent event : stream.events().read()) {
                Placed placed = new Placed(stream.name(), event);
                if (wanted.test(event) && (last.isEmpty() || Placed.ORDER.compare(placed, last.get()) > 0)) {
                    found.add(placed);
                }
            }
        }
        found.sort(Placed.ORDER);
        int count = 0;
        for (long bytes = 0; count < found.size() && count < limit && bytes < MOST_BYTES; count++) {
            bytes += found.get(count).event().weight();
        }
        return new MergedPage(
                found.subList(0, count),
                count < found.size() ? Optional.of(found.get(count - 1).token()) : Optional.empty());
    }
}
