package dev.slipway.oci.remote;

import dev.slipway.oci.Digest;

/** A manifest or an index as a registry has it; the digest was computed from the bytes. */
@SuppressWarnings("ArrayRecordComponent") // read-only by agreement; a copy for each reader would be waste
public record RemoteManifest(String mediaType, Digest digest, byte[] bytes) {}
