package dev.slipway.oci;

/** What an image manifest says of one piece of content; {@code size} in bytes. */
public record Descriptor(String mediaType, Digest digest, long size) {}
