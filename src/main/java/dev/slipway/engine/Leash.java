package dev.slipway.engine;

import java.time.Duration;

/**
 * Lets a cancelled run leave its program behind: one that goes on although nothing of it is in flight may wait for what never comes. It gets
 * {@link #GRACE}, then the thread that waits for it is interrupted. To be made and closed by that thread.
 */
final class Leash implements AutoCloseable {
    static final Duration GRACE = Duration.ofSeconds(3);

    private final Thread waiting = Thread.currentThread();
    private final Runnable quiet;
    private boolean over;
    private boolean interrupted;

    /** @param quiet returns when nothing of the program is in flight */
    Leash(Cancellation cancellation, Runnable quiet) {
        this.quiet = quiet;
        cancellation.onCancel(() -> {
            var thread = new Thread(this::pull, "engine-leash");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void pull() {
        quiet.run();
        long end = System.nanoTime() + GRACE.toNanos();
        synchronized (this) {
            for (long left = GRACE.toMillis(); !over && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    return;
                }
            }
            if (!over) {
                interrupted = true;
                waiting.interrupt();
            }
        }
    }

    /** The program is over, or left behind: from here on the thread is not interrupted any more. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
            notifyAll();
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
