package dev.slipway.cloud.store;

/** Durable tables in one directory. One process at a time may have a directory open. */
public interface Store extends AutoCloseable {
    /** The table of this name, made when it is not there. {@code type} is a record that Jackson can write and read. */
    <T> Table<T> table(String name, Class<T> type);

    @Override
    void close();

    /** A store that lives as long as this object, for tests. */
    static Store inMemory() {
        return new MemoryStore();
    }
}
