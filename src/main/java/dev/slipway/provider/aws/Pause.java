package dev.slipway.provider.aws;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How the provider waits between two looks at the cloud. Injected, so that tests wait no real time. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits for {@code duration}, or until {@code cancelled} completes.
     *
     * @return false when the wait was cut short by {@code cancelled} or by an interrupt (which stays set)
     */
    boolean pause(Duration duration, CompletableFuture<?> cancelled);

    /** Waits on the wall clock. */
    static Pause real() {
        return (duration, cancelled) -> {
            try {
                cancelled.get(duration.toMillis(), TimeUnit.MILLISECONDS);
                return false;
            } catch (TimeoutException e) {
                return true;
            } catch (ExecutionException | CancellationException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
