package dev.slipway.cloud.store;

import java.io.IOException;
import java.nio.file.Path;

/** Durable tables in one directory. One process at a time may have a directory open. Thread-safe. */
public interface Store extends AutoCloseable {
    /**
     * The table of this name, made when it is not there.
     *
     * @param type a record that Jackson can write and read; {@code Instant}, {@code Duration} and {@code Optional} components are fine,
     *     components that are added later are read as absent from older documents
     * @throws IllegalStateException when a document on disk does not fit {@code type}
     */
    <T> Table<T> table(String name, Class<T> type);

    @Override
    void close();

    /**
     * The store in {@code directory}, which is made when it is not there, readable by this user alone. A last write that was torn by a
     * crash is dropped: it was never confirmed.
     *
     * @throws IOException when another process has the directory open (the message names it), or its files are damaged
     */
    static Store open(Path directory) throws IOException {
        return DurableJournal.open(directory);
    }

    /** A store that lives as long as this object, for tests. It writes and reads its documents as the durable one does. */
    static Store inMemory() {
        return new DocumentStore(Journal.NONE);
    }
}
