package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.oci.Digest;
import java.util.Collection;
import java.util.function.Supplier;

/** Removes copies of images that no service uses any more, but never while one is being fetched for a service. */
final class ImageKeeper {
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
            parts.images().retain(deployed.get());
            parts.runtime().prune(running.get());
        }
    }
}
