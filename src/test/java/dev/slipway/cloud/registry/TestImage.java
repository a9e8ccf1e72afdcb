package dev.slipway.cloud.registry;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small image made of a few bytes; what it is called decides its content. */
public record TestImage(Manifest manifest, Map<Digest, byte[]> blobs) {
    public static TestImage named(String name) {
        return of(("layer of " + name).getBytes(StandardCharsets.UTF_8));
    }

    public static TestImage of(byte[] layer) {
        byte[] config = new ImageConfig(
                        "amd64",
                        "linux",
                        List.of("/app"),
                        List.of(),
                        List.of(),
                        "",
                        "",
                        List.of(),
                        "",
                        List.of(Digest.of(layer)))
                .toJson();
        Map<Digest, byte[]> blobs = new LinkedHashMap<>();
        blobs.put(Digest.of(config), config);
        blobs.put(Digest.of(layer), layer);
        return new TestImage(
                new Manifest(
                        MediaTypes.OCI_MANIFEST,
                        new Descriptor(MediaTypes.OCI_CONFIG, Digest.of(config), config.length),
                        List.of(new Descriptor(MediaTypes.OCI_LAYER, Digest.of(layer), layer.length))),
                blobs);
    }

    public byte[] bytes() {
        return manifest.toJson();
    }

    public Digest digest() {
        return Digest.of(bytes());
    }

    public Descriptor layer() {
        return manifest.layers().get(0);
    }

    public BlobSource source() {
        return digest -> new ByteArrayInputStream(blobs.get(digest));
    }
}
