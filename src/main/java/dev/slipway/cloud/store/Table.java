package dev.slipway.cloud.store;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Documents by key. Thread-safe. A write is durable when the call returns. */
public interface Table<T> {
    Optional<T> get(String key);

    void put(String key, T document);

    /** Puts only when the key is free; false when it was taken. */
    boolean putIfAbsent(String key, T document);

    /** Changes a document atomically; empty when the key is not there. */
    Optional<T> update(String key, UnaryOperator<T> change);

    /** True when there was something to remove. */
    boolean remove(String key);

    /** Removes every document that {@code which} takes, with one wait for the disk; a crash meanwhile may leave some. */
    void removeIf(Predicate<T> which);

    /** A snapshot of all documents, ordered by key. */
    Collection<T> values();
}
