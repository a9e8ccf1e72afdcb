package dev.slipway.cloud.logs;

/**
 * One line of a log.
 *
 * @param number its place in its stream, counted from 1 and never used again
 * @param time when it happened, in milliseconds since 1970
 * @param ingested when it was taken, in milliseconds since 1970
 */
record LogEvent(long number, long time, long ingested, String message) {
    /** What AWS counts for an event beside its text. */
    private static final int OVERHEAD = 26;

    int weight() {
        return message.length() + OVERHEAD;
    }
}
