package dev.slipway.cloud.runtime;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import java.util.List;

/** A way to run images on this machine. Thread-safe. */
public interface ContainerRuntime extends AutoCloseable {
    /** For a person: which way, and what it can't enforce here ("namespaces, as root; memory limit: cgroup v1"). */
    String description();

    /** What instances can't do here although App Runner's can, a sentence each. */
    default List<String> notices() {
        return List.of();
    }

    /**
     * Unpacks an image, verifying every digest; an image that was unpacked before costs nothing.
     *
     * @throws RuntimeFailure when the image is broken, hostile, too large or for another machine
     */
    PreparedImage prepare(Manifest manifest, ImageConfig config, BlobSource blobs) throws RuntimeFailure;

    /**
     * Starts one instance. Returns when its process was started; whether it answers is for the caller to probe.
     *
     * @throws RuntimeFailure when the process can't be started, with the reason a person needs
     */
    Instance start(PreparedImage image, InstanceSpec spec) throws RuntimeFailure;

    /** Removes what no running instance uses of images other than the given ones. */
    void prune(Iterable<PreparedImage> inUse);

    /** Stops every instance and leaves no process, mount, interface or namespace behind. */
    @Override
    void close();
}
