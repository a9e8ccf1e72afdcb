package dev.slipway.cloud.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tables in memory over a {@link Journal}. Changes happen, and are appended, under one lock, so the journal has them in the order in
 * which they were seen; waiting for the disk happens outside of it, so that waiting writers share one sync.
 */
final class DocumentStore implements Store {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, NavigableMap<String, Entry>> content = new TreeMap<>();
    private final Map<String, Documented<?>> tables = new HashMap<>();
    private final Journal journal;
    private long last;

    DocumentStore(Journal journal) {
        this.journal = journal;
    }

    /** A document in both its forms; the object is made when a table of its type is asked for. */
    private static final class Entry {
        final JsonNode json;

        @Nullable
        Object object;

        Entry(JsonNode json, @Nullable Object object) {
            this.json = json;
            this.object = object;
        }
    }

    /** Before the store is used: what a journal said. */
    void replay(Change change) {
        NavigableMap<String, Entry> rows = content.computeIfAbsent(change.table(), name -> new TreeMap<>());
        if (change.document() == null) {
            rows.remove(change.key());
        } else {
            rows.put(change.key(), new Entry(change.document(), null));
        }
    }

    /** All documents, each as the line that would put it there. */
    Iterable<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        content.forEach(
                (table, rows) -> rows.forEach((key, entry) -> lines.add(new Change(table, key, entry.json).line())));
        return lines;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Table<T> table(String name, Class<T> type) {
        lock.lock();
        try {
            Documented<?> known = tables.get(name);
            if (known == null) {
                NavigableMap<String, Entry> rows = content.computeIfAbsent(name, key -> new TreeMap<>());
                rows.forEach((key, entry) -> entry.object = readAgain(name, key, entry.json, type));
                known = new Documented<>(name, type, rows);
                tables.put(name, known);
            } else if (known.type != type) {
                throw new IllegalArgumentException(
                        "the table '" + name + "' holds " + known.type.getName() + ", not " + type.getName());
            }
            return (Table<T>) known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            journal.close();
        } finally {
            lock.unlock();
        }
    }

    /** What was written by a build whose documents were other ones is nobody's defect: whoever starts this one is told. */
    private static <T> T readAgain(String table, String key, JsonNode json, Class<T> type) {
        try {
            return read(table, key, json, type);
        } catch (IllegalStateException unfit) {
            String message = "the data was written by another build of Slipway: " + unfit.getMessage()
                    + ". Use that build, or " + JournalReader.START_EMPTY;
            throw new UncheckedIOException(message, new IOException(message, unfit));
        }
    }

    private static <T> T read(String table, String key, JsonNode json, Class<T> type) {
        try {
            return Documents.MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException | IllegalArgumentException unfit) {
            // Without the document: it may hold secrets.
            throw new IllegalStateException(
                    "the document '" + key + "' of the table '" + table + "' cannot be read as a "
                            + type.getSimpleName() + ": " + reason(unfit),
                    unfit);
        }
    }

    private static String reason(Exception unfit) {
        return String.valueOf(
                unfit instanceof JsonProcessingException json ? json.getOriginalMessage() : unfit.getMessage());
    }

    private final class Documented<T> implements Table<T> {
        private final String name;
        private final Class<T> type;
        private final NavigableMap<String, Entry> rows;

        Documented(String name, Class<T> type, NavigableMap<String, Entry> rows) {
            this.name = name;
            this.type = type;
            this.rows = rows;
        }

        @Override
        public Optional<T> get(String key) {
            lock.lock();
            try {
                return Optional.ofNullable(rows.get(key)).map(entry -> type.cast(entry.object));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void put(String key, T document) {
            change(() -> {
                set(key, document);
                return true;
            });
        }

        @Override
        public boolean putIfAbsent(String key, T document) {
            return change(() -> {
                if (rows.containsKey(key)) {
                    return false;
                }
                set(key, document);
                return true;
            });
        }

        @Override
        public Optional<T> update(String key, UnaryOperator<T> change) {
            return change(() -> {
                Entry old = rows.get(key);
                return old == null ? Optional.empty() : Optional.of(set(key, change.apply(type.cast(old.object))));
            });
        }

        @Override
        public boolean remove(String key) {
            return change(() -> {
                boolean removed = rows.containsKey(key);
                if (removed) {
                    last = journal.append(new Change(name, key, null).line());
                    rows.remove(key);
                }
                return removed;
            });
        }

        @Override
        public void removeIf(Predicate<T> which) {
            change(() -> rows.entrySet().removeIf(row -> {
                boolean removed = which.test(type.cast(row.getValue().object));
                if (removed) {
                    last = journal.append(new Change(name, row.getKey(), null).line());
                }
                return removed;
            }));
        }

        @Override
        public Collection<T> values() {
            lock.lock();
            try {
                return rows.values().stream()
                        .map(entry -> type.cast(entry.object))
                        .toList();
            } finally {
                lock.unlock();
            }
        }

        /** What is kept is what a restart would read, so that a document that cannot be read again is found at once. */
        private T set(String key, T document) {
            Objects.requireNonNull(key, "key is null");
            JsonNode json = Documents.MAPPER.valueToTree(Objects.requireNonNull(document, "document is null"));
            T kept = read(name, key, json, type);
            Entry old = rows.get(key);
            if (old == null || !old.json.equals(json)) {
                last = journal.append(new Change(name, key, json).line());
            }
            rows.put(key, new Entry(json, kept));
            return kept;
        }
    }

    /** A change under the lock, durable when this returns. */
    private <R> R change(Supplier<R> change) {
        R result;
        long mine;
        lock.lock();
        try {
            if (journal.isBroken()) {
                // The disk may have room again.
                journal.rewrite(this::lines);
            }
            result = change.get();
            mine = last;
            if (journal.isLarge()) {
                journal.rewrite(this::lines);
            }
        } finally {
            lock.unlock();
        }
        journal.sync(mine);
        return result;
    }
}
