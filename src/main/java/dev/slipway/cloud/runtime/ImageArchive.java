package dev.slipway.cloud.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Writes an image as {@code docker load} takes it, streaming its blobs. */
final class ImageArchive {
    private final OutputStream out;

    private ImageArchive(OutputStream out) {
        this.out = out;
    }

    static void write(OutputStream out, Manifest manifest, BlobSource blobs, String tag) throws IOException {
        ImageArchive archive = new ImageArchive(out);
        Set<Descriptor> written = new HashSet<>();
        ObjectNode image = EngineClient.JSON.createObjectNode();
        image.put("Config", name(manifest.config()));
        image.putArray("RepoTags").add(tag);
        ArrayNode layers = image.putArray("Layers");
        archive.blob(manifest.config(), blobs);
        for (Descriptor layer : manifest.layers()) {
            layers.add(name(layer));
            if (written.add(layer)) {
                archive.blob(layer, blobs);
            }
        }
        byte[] index = EngineClient.JSON.writeValueAsBytes(
                EngineClient.JSON.createArrayNode().add(image));
        archive.header("manifest.json", index.length);
        out.write(index);
        archive.pad(index.length);
        out.write(new byte[1024]);
    }

    private static String name(Descriptor blob) {
        return "blobs/" + blob.digest().algorithm() + "/" + blob.digest().hex();
    }

    private void blob(Descriptor blob, BlobSource blobs) throws IOException {
        header(name(blob), blob.size());
        try (InputStream in = new VerifiedInputStream(blobs.open(blob.digest()), blob.digest(), blob.size())) {
            in.transferTo(out);
        }
        pad(blob.size());
    }

    private void header(String name, long size) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.write(header);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((512 - size % 512) % 512)]);
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, offset, ascii.length);
    }
}
