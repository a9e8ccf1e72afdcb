package dev.slipway.cloud.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Events in memory. */
final class MemoryEvents implements Events {
    private final Deque<LogEvent> events = new ArrayDeque<>();
    private final long mostBytes;
    private long number;
    private long bytes;

    MemoryEvents(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void append(long time, long ingested, String message) {
        LogEvent event = new LogEvent(++number, time, ingested, message);
        events.add(event);
        bytes += event.weight();
        while (bytes > mostBytes && events.size() > 1) {
            bytes -= events.remove().weight();
        }
    }

    @Override
    public synchronized List<LogEvent> read() {
        return List.copyOf(events);
    }

    @Override
    public Summary summary() {
        return Summary.of(read());
    }

    @Override
    public void release() {}

    @Override
    public synchronized void delete() {
        events.clear();
        bytes = 0;
    }
}
