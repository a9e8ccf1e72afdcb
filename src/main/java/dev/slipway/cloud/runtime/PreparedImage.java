package dev.slipway.cloud.runtime;

import dev.slipway.oci.ImageConfig;

/** An image that is unpacked and ready to start; {@code id} is the digest of its configuration as text. */
public record PreparedImage(String id, ImageConfig config) {}
