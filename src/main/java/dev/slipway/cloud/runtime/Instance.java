package dev.slipway.cloud.runtime;

import dev.slipway.cloud.http.Dialer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One running container. */
public interface Instance {
    String id();

    /** Opens connections to the application's port. */
    Dialer dialer();

    /** Completes when the process has ended and all its output was handed over. */
    CompletableFuture<ExitStatus> exit();

    /** TCP ports inside the instance that something listens on now; to tell a person of a wrong port. */
    Set<Integer> listeningPorts();

    /** SIGTERM (or the image's stop signal), then SIGKILL after {@code grace}; frees everything. Returns at once; see {@link #exit()}. */
    CompletableFuture<ExitStatus> stop(Duration grace);

    /**
     * @param code the exit code, 128 + n when a signal ended it
     * @param outOfMemory the kernel ended it for exceeding its memory limit
     */
    record ExitStatus(int code, boolean outOfMemory) {}
}
