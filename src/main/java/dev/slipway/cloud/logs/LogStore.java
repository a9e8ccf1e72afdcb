package dev.slipway.cloud.logs;

import java.time.Instant;

/** Takes log events. Appending never blocks on a reader and never fails the writer. */
public interface LogStore {
    /** Appends one event; the group and the stream are made by their first event. */
    void append(String account, String region, String group, String stream, Instant time, String message);

    /** Removes a group with all its streams. */
    void delete(String account, String region, String group);
}
