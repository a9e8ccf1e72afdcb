package dev.slipway.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The threads of one run: at most so many provider calls at once. */
final class Workers implements AutoCloseable {
    private final ExecutorService pool;
    private final AtomicReference<@Nullable Error> fatal = new AtomicReference<>();

    Workers(int parallel) {
        var number = new AtomicInteger();
        this.pool = Executors.newFixedThreadPool(parallel, task -> {
            var thread = new Thread(task, "engine-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> CompletableFuture<T> submit(Supplier<T> task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.get();
                    } catch (Error e) {
                        fatal.compareAndSet(null, e);
                        throw e;
                    }
                },
                pool);
    }

    /** Does the same to all, and returns when every one has ended; a failure is thrown only then. Results are in the order of the items. */
    <T, R> List<R> all(List<T> items, Function<T, R> task) {
        List<CompletableFuture<R>> futures = new ArrayList<>();
        items.forEach(item -> futures.add(submit(() -> task.apply(item))));
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        for (CompletableFuture<R> future : futures) {
            try {
                results.add(future.join());
            } catch (CompletionException e) {
                failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        rethrowFatal();
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    /** An {@link Error} in a worker ends the run as it would have ended a single thread. */
    void rethrowFatal() {
        Error error = fatal.get();
        if (error != null) {
            throw error;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
