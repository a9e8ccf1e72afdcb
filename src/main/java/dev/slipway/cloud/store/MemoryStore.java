package dev.slipway.cloud.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

final class MemoryStore implements Store {
    private final Map<String, MemoryTable<?>> tables = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <T> Table<T> table(String name, Class<T> type) {
        return (Table<T>) tables.computeIfAbsent(name, key -> new MemoryTable<T>());
    }

    @Override
    public void close() {}

    private static final class MemoryTable<T> implements Table<T> {
        private final ConcurrentSkipListMap<String, T> documents = new ConcurrentSkipListMap<>();

        @Override
        public Optional<T> get(String key) {
            return Optional.ofNullable(documents.get(key));
        }

        @Override
        public void put(String key, T document) {
            documents.put(key, document);
        }

        @Override
        public boolean putIfAbsent(String key, T document) {
            return documents.putIfAbsent(key, document) == null;
        }

        @Override
        public Optional<T> update(String key, UnaryOperator<T> change) {
            return Optional.ofNullable(documents.computeIfPresent(key, (k, old) -> change.apply(old)));
        }

        @Override
        public boolean remove(String key) {
            return documents.remove(key) != null;
        }

        @Override
        public Collection<T> values() {
            return List.copyOf(documents.values());
        }
    }
}
