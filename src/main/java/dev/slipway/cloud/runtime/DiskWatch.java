package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends instances that write more than fits on their disk. No quota is there for every user and every file system, so the free space of the whole
 * disk is looked at, which costs nothing, and only when it falls, or now and then, it is counted who wrote how much.
 */
final class DiskWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    /** Empty files take no space that can be seen. */
    private static final int LOOKS_UNTIL_COUNTED_ANYWAY = 120;
    /** A little more than what logs and other programs write in between. */
    private static final long FALL = 32L << 20;

    private final FileStore disk;
    private final Supplier<? extends Collection<? extends Writer>> writers;
    private final ScheduledExecutorService thread = Executors.newScheduledThreadPool(1, task -> {
        Thread made = new Thread(task, "slipway-disk-watch");
        made.setDaemon(true);
        return made;
    });
    private long freeWhenCounted;
    private int looks;

    /** Something that writes and can be ended. */
    interface Writer {
        /** What it has written and not removed. Takes a while. */
        DiskUse written();

        /** What it may write. */
        DiskUse mayWrite();

        /** Ends it because of that. */
        void exceeded();
    }

    /** @param directory on the disk that is watched */
    DiskWatch(Path directory, Supplier<? extends Collection<? extends Writer>> writers) throws IOException {
        this.disk = Files.getFileStore(directory);
        this.writers = writers;
        this.freeWhenCounted = disk.getUsableSpace();
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            long free = disk.getUsableSpace();
            if (free > freeWhenCounted) {
                freeWhenCounted = free;
            }
            if (freeWhenCounted - free >= FALL || ++looks >= LOOKS_UNTIL_COUNTED_ANYWAY) {
                looks = 0;
                freeWhenCounted = free;
                count();
            }
        } catch (IOException e) {
            // Looked at again in a moment.
        }
    }

    /** Counts all and ends those who have too much. */
    private void count() {
        for (Writer writer : writers.get()) {
            if (writer.written().exceeds(writer.mayWrite())) {
                writer.exceeded();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
