package dev.slipway.cloud.logs;

import java.util.List;

/** Where the events of streams are kept. */
interface Shelf {
    /** What an earlier process left. */
    List<LogGroup> load();

    /** A place for the events of a stream; the first call for a group makes the group. */
    Events place(LogGroup group, String stream, long created);

    /** Keeps a group's settings as they are now, and the group itself. */
    void save(LogGroup group);

    /** Called after the events of all its streams are deleted. */
    void delete(LogGroup group);

    /** Keeps everything in memory, at most {@code bytesOfAStream} of each stream. */
    static Shelf inMemory(long bytesOfAStream) {
        return new Shelf() {
            @Override
            public List<LogGroup> load() {
                return List.of();
            }

            @Override
            public Events place(LogGroup group, String stream, long created) {
                return new MemoryEvents(bytesOfAStream);
            }

            @Override
            public void save(LogGroup group) {}

            @Override
            public void delete(LogGroup group) {}
        };
    }
}
