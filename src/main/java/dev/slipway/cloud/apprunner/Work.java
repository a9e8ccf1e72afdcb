package dev.slipway.cloud.apprunner;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Something that takes a service from one stable state to another, step by step, without blocking. */
interface Work {
    /** Goes on as far as it can now; true when it is over. */
    boolean advance(Instant now);

    /** What is awaited now from outside of the tick; for tests that drive by hand. */
    CompletableFuture<?> pending();

    /** Does something that blocks, elsewhere; then has the service looked at again. */
    static <T> CompletableFuture<T> elsewhere(Executor workers, Runnable wake, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
            wake.run();
        });
        return result;
    }

    /** The message of what a future failed with. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
