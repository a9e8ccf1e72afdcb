package dev.slipway.cloud.runtime;

/**
 * What an image may need on disk.
 *
 * @param bytes of file content
 * @param files of any kind
 */
record UnpackLimits(long bytes, long files) {
    /** App Runner gives 3 GB, shared with what the application writes; the number of files is our own limit. */
    static final UnpackLimits APP_RUNNER = new UnpackLimits(3_000_000_000L, 500_000);

    UnpackLimits without(LayerRecord used) {
        return new UnpackLimits(bytes - used.bytes(), files - used.files());
    }
}
