package dev.slipway.runner;

import com.pulumi.core.internal.ContextAwareCompletableFuture;
import com.pulumi.deployment.internal.Runner;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Knows when a program has come to rest, by counting its tasks: no thread waits or polls, so one thread of the common
 * pool is enough. After a failure the tasks that still run are waited for, so that the engine can record what they did; when the program's
 * own code has thrown, only for {@value #GRACE_SECONDS} seconds: a resource whose constructor threw leaves a task that nobody ends, and what an
 * engine has begun it awaits itself.
 */
public final class QuietRunner implements Runner {
    private static final int GRACE_SECONDS = 3;

    private final AtomicInteger running = new AtomicInteger();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> atRest = new CompletableFuture<>();
    private final Executor executor;

    /** Runs the program's own code on the common pool. */
    public QuietRunner() {
        this(new CompletableFuture<Void>().defaultExecutor());
    }

    /** @param executor runs the program's own code */
    QuietRunner(Executor executor) {
        this.executor = executor;
    }

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
        CompletableFuture<T> value = new CompletableFuture<>();
        // Counted before it begins: the first of its tasks may be done before this thread goes on, and a program that
        // seems to rest there has declared almost nothing, so that all its resources would be deleted.
        registerTask("program", value);
        var unused = ContextAwareCompletableFuture.supplyAsync(callback, executor)
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        value.complete(result);
                    } else {
                        value.completeExceptionally(failure);
                    }
                });
        return atRest.handle((rested, impossible) -> new Ended<>(List.copyOf(failures), value));
    }

    /** To be called when the program's own code has thrown: from now on its tasks have {@value #GRACE_SECONDS} seconds. */
    void endSoon() {
        var unused = atRest.completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Ended<T> extends Result<T> {
        Ended(List<Exception> failures, CompletableFuture<T> value) {
            super(
                    failures.isEmpty() ? ProcessExitedSuccessfully : ProcessExitedAfterLoggingUserActionableMessage,
                    failures,
                    value.isDone() && !value.isCompletedExceptionally()
                            ? Optional.ofNullable(value.join())
                            : Optional.empty());
        }
    }
}
