package dev.slipway.cloud.store;

final class MemoryStoreTest extends StoreContract {
    @Override
    Store open() {
        return Store.inMemory();
    }
}
