package dev.slipway.cloud.http;

/** What a server tells all its connections, as a user event of their pipelines. */
public enum ServerEvent {
    /** The server stops: the connection ends after the request that is under way. */
    DRAIN,
    /** Every half a minute, for whoever counts idleness in these. */
    SWEEP,
    /** Others wait for a place, at once and then every second: a connection that has had no request since the last time ends. */
    MAKE_ROOM
}
