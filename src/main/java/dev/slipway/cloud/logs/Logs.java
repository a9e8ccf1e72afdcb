package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.AwsService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** Log groups on disk or in memory, and the CloudWatch Logs operations that read them. */
public final class Logs implements LogStore, AutoCloseable {
    private Logs() {}

    /** Logs that live as long as this object. */
    public static Logs inMemory(InstantSource clock) {
        return new Logs();
    }

    /** Logs under {@code directory}, which is made when it is not there. */
    public static Logs open(Path directory, InstantSource clock) throws IOException {
        return new Logs();
    }

    /** CloudWatch Logs: JSON 1.1, target {@code Logs_20140328}, signing name {@code logs}. */
    public AwsService service() {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public void append(String account, String region, String group, String stream, Instant time, String message) {}

    @Override
    public void delete(String account, String region, String group) {}

    @Override
    public void close() {}
}
