package dev.slipway.oci.remote;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;

/**
 * The image that a name stands for now.
 *
 * @param digest what the name itself stands for: an index's digest when the name is that of an index
 * @param manifestDigest the digest of {@code bytes}
 * @param bytes the linux/amd64 manifest as the registry has it, verified
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by agreement; a copy for each reader would be waste
public record ResolvedImage(Digest digest, Digest manifestDigest, Manifest manifest, byte[] bytes) {}
