package dev.slipway.cloud.logs;

import java.util.List;

/** The events of one stream, the oldest of which go when there are too many. Thread-safe. */
interface Events {
    /** Never fails and never waits for a reader; an event that cannot be kept is lost. */
    void append(long time, long ingested, String message);

    /** Everything that is kept, in the order it came. */
    List<LogEvent> read();

    Summary summary();

    /** Lets go of files; a later {@link #append} takes them again. */
    void release();

    void delete();

    /**
     * @param first time of the oldest event that is kept, in milliseconds since 1970; 0 without events
     * @param last time of the newest event
     * @param ingested when the newest event was taken
     */
    record Summary(long count, long bytes, long first, long last, long ingested) {
        static final Summary EMPTY = new Summary(0, 0, 0, 0, 0);

        Summary with(LogEvent event) {
            return new Summary(
                    count + 1,
                    bytes + event.weight(),
                    count == 0 ? event.time() : first,
                    event.time(),
                    event.ingested());
        }

        static Summary of(List<LogEvent> events) {
            Summary summary = EMPTY;
            for (LogEvent event : events) {
                summary = summary.with(event);
            }
            return summary;
        }
    }
}
