package dev.slipway.cloud.store;

import java.io.IOException;
import java.nio.file.Path;

/** Durable tables in one directory. One process at a time may have a directory open. */
public interface Store extends AutoCloseable {
    /** The table of this name, made when it is not there. {@code type} is a record that Jackson can write and read; {@code Instant}, {@code Duration} and {@code Optional} components are fine. */
    <T> Table<T> table(String name, Class<T> type);

    @Override
    void close();

    /** The store in {@code directory}, which is made when it is not there. */
    static Store open(Path directory) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /** A store that lives as long as this object, for tests. */
    static Store inMemory() {
        return new MemoryStore();
    }
}
