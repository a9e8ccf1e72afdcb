package dev.slipway.cloud.apprunner;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;

/** A copy of an image; {@code digest} is its manifest's, by which it can be had again. */
public record PulledImage(Digest digest, Manifest manifest, ImageConfig config, BlobSource blobs) {}
