package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes the versions of the hello image in the background, until all are there or it is told to stop. What was not finished is made by the next one. */
public final class HelloMaking implements AutoCloseable {
    private static final List<String> VERSIONS = List.of("1", "2");

    private final Path directory;
    private final Shelf shelf;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private @Nullable Thread building;
    private boolean started;
    private boolean stopped;

    /** Where finished images go. */
    @FunctionalInterface
    public interface Shelf {
        void put(String version, BuiltImage image) throws IOException;
    }

    /** @param directory as {@link HelloImage#build} wants it */
    public HelloMaking(Path directory, Shelf shelf) {
        this.directory = directory;
        this.shelf = shelf;
    }

    /**
     * Begins, once; does not wait.
     *
     * @return complete when all versions are on the shelf; fails with the reason why they are not
     */
    public CompletableFuture<Boolean> start() {
        synchronized (this) {
            started = true;
        }
        var thread = new Thread(this::make, "slipway-hello");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private void make() {
        try {
            for (String version : VERSIONS) {
                shelf.put(version, build(version));
            }
            done.complete(true);
        } catch (IOException | RuntimeException failure) {
            done.completeExceptionally(failure);
        }
    }

    /** Only this may be interrupted: an interrupt would close files of the shelf that others use. */
    private BuiltImage build(String version) throws IOException {
        synchronized (this) {
            requireGoing();
            building = Thread.currentThread();
        }
        BuiltImage image = HelloImage.build(directory, version);
        synchronized (this) {
            building = null;
            requireGoing();
        }
        return image;
    }

    private void requireGoing() throws IOException {
        if (stopped) {
            throw new IOException("the local cloud ends");
        }
    }

    /** Whether it was told to stop. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Stops the build that is under way, with its processes, and waits until nothing of it is left. */
    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            if (building != null) {
                building.interrupt();
            }
            if (!started) {
                return;
            }
        }
        done.handle((all, failure) -> true).join();
    }
}
