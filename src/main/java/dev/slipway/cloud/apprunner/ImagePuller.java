package dev.slipway.cloud.apprunner;

import dev.slipway.oci.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Brings images from registries and keeps App Runner's own copy of them, as AWS does. Thread-safe; calls may block for minutes. */
public interface ImagePuller {
    /**
     * Fetches what the image identifier names now, every digest verified.
     *
     * @throws PullFailure with a reason a person can act on
     */
    PulledImage pull(PullRequest request) throws PullFailure;

    /** The copy of an image that was pulled before, without asking any registry; empty when there is none. */
    Optional<PulledImage> stored(Digest digest);

    /**
     * Removes the copies of all images but these and the idle ones that were in use last.
     *
     * @param mostIdle how many idle ones may stay
     * @param mostIdleBytes of their layers together, as they are in the registry
     * @return the idle ones that stay
     */
    List<PulledImage> retain(Collection<Digest> inUse, int mostIdle, long mostIdleBytes);

    /**
     * @param image as CreateService takes it
     * @param accessRoleArn the role to pull as; empty for the public gallery
     * @param account the service's account
     * @param region the service's region
     */
    record PullRequest(
            String image, Optional<String> accessRoleArn, String serviceArn, String account, String region) {}
}
