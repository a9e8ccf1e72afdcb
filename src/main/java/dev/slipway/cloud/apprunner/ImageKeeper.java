package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.oci.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Removes copies of images that no service uses any more, except the last few: who deletes a service often makes the same one again. Never
 * removes while one is being fetched for a service.
 */
final class ImageKeeper {
    private static final int MOST_IDLE = 5;
    private static final long MOST_IDLE_BYTES = 1L << 30;

    private final Parts parts;
    private final Supplier<Collection<Digest>> deployed;
    private final Supplier<Collection<PreparedImage>> running;
    private int fetching;

    ImageKeeper(Parts parts, Supplier<Collection<Digest>> deployed, Supplier<Collection<PreparedImage>> running) {
        this.parts = parts;
        this.deployed = deployed;
        this.running = running;
    }

    /** A service begins to fetch an image; to be followed by {@link #release()} when it is recorded, or given up. May block. */
    synchronized void pin() {
        fetching++;
    }

    synchronized void release() {
        fetching--;
    }

    /** May block. */
    synchronized void prune() {
        if (fetching == 0) {
            List<PreparedImage> kept = new ArrayList<>(running.get());
            for (PulledImage idle : parts.images().retain(deployed.get(), MOST_IDLE, MOST_IDLE_BYTES)) {
                kept.add(new PreparedImage(idle.manifest().config().digest().toString(), idle.config()));
            }
            parts.runtime().prune(kept);
        }
    }
}
