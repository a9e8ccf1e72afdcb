package dev.slipway.engine.program;

import com.pulumi.core.internal.ContextAwareCompletableFuture;
import com.pulumi.deployment.internal.Runner;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Knows when a program has come to rest, by counting its tasks: no thread waits or polls, so one thread of the common
 * pool is enough. After a failure the tasks that still run are waited for, so that the engine can record what they did.
 */
final class QuietRunner implements Runner {
    private final AtomicInteger running = new AtomicInteger();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> atRest = new CompletableFuture<>();

    @Override
    public <T> void registerTask(String description, CompletableFuture<T> task) {
        running.incrementAndGet();
        var unused = task.whenComplete((value, failure) -> {
            if (failure != null) {
                failures.add(failure instanceof Exception exception ? exception : new IllegalStateException(failure));
            }
            // A task that begets tasks registers them before it ends, so the count is zero only once.
            if (running.decrementAndGet() == 0) {
                atRest.complete(null);
            }
        });
    }

    @Override
    public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> callback) {
        CompletableFuture<T> value = ContextAwareCompletableFuture.supplyAsync(callback);
        registerTask("program", value);
        return atRest.handle((rested, impossible) -> new Ended<>(List.copyOf(failures), value));
    }

    private static final class Ended<T> extends Result<T> {
        Ended(List<Exception> failures, CompletableFuture<T> value) {
            super(
                    failures.isEmpty() ? ProcessExitedSuccessfully : ProcessExitedAfterLoggingUserActionableMessage,
                    failures,
                    value.isCompletedExceptionally() ? Optional.empty() : Optional.ofNullable(value.join()));
        }
    }
}
