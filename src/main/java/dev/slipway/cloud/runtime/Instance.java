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

    /** TCP ports inside the instance that something listens on now for others than itself; to tell a person of a wrong port. */
    Set<Integer> listeningPorts();

    /** TCP ports that are listened on now, but on a loopback address of the instance only, so that nobody else reaches them. */
    Set<Integer> loopbackPorts();

    /**
     * Gives the application no more processor time until {@link #wake()}. Its memory, its connections and its listening sockets stay, and connections
     * are still accepted by the kernel on its behalf. Returns at once; harmless when it is idle already, is being stopped or has ended.
     */
    void idle();

    /**
     * Gives the application processor time again. Completes, never exceptionally, when it has it: with control groups that is before this returns,
     * in some ten microseconds, so that it may be called on an event loop. Of {@link #idle()} and this the one that was called last counts. Harmless
     * when it is awake or has ended; {@link #stop} wakes by itself.
     */
    CompletableFuture<Void> wake();

    /** SIGTERM (or the image's stop signal), then SIGKILL after {@code grace}; frees everything. Returns at once; see {@link #exit()}. */
    CompletableFuture<ExitStatus> stop(Duration grace);

    /**
     * @param code the exit code, 128 + n when a signal ended it
     * @param exceeded the limit for which it was ended, if it was for one; the code is 137 then, or 153 when one file became too large
     */
    record ExitStatus(int code, Exceeded exceeded) {
        /** Ended for no limit. */
        public static ExitStatus of(int code) {
            return new ExitStatus(code, Exceeded.NOTHING);
        }
    }

    /** What an instance took too much of. */
    enum Exceeded {
        NOTHING,
        /** The memory of its service; the kernel ended it. */
        MEMORY,
        /** The 3 GB that it has on disk together with its image. */
        DISK
    }
}
