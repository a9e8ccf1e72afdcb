package dev.slipway.cloud.logs;

import java.time.Instant;

final class MemoryLogsTest extends LogsContract {
    @Override
    Logs open(long mostBytes) {
        return Logs.on(Shelf.inMemory(mostBytes), Instant::now);
    }
}
