package dev.slipway.cloud.runtime;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes layers as tar files, also such as no honest tool would write. */
final class TestLayer {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TestLayer file(String name, String content) {
        return entry(name, '0', 0644, content.getBytes(StandardCharsets.UTF_8), "");
    }

    TestLayer directory(String name) {
        return entry(name, '5', 0755, new byte[0], "");
    }

    TestLayer link(String name, String target) {
        return entry(name, '2', 0777, new byte[0], target);
    }

    TestLayer hardLink(String name, String target) {
        return entry(name, '1', 0644, new byte[0], target);
    }

    TestLayer pax(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 1;
        while (Integer.toString(length).length() + rest.length() != length) {
            length++;
        }
        return entry("pax", 'x', 0644, (length + rest).getBytes(StandardCharsets.UTF_8), "");
    }

    TestLayer gnuLongName(String name) {
        return entry("././@LongLink", 'L', 0644, (name + "\0").getBytes(StandardCharsets.UTF_8), "");
    }

    TestLayer entry(String name, char type, int mode, byte[] content, String target) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(1_700_000_000));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(tar.toByteArray());
        all.writeBytes(new byte[1024]);
        return all.toByteArray();
    }

    /** An image whose layers are these, in memory. */
    static Image image(TestLayer... layers) {
        return image(List.of(layers).stream().map(TestLayer::bytes).toList());
    }

    static Image image(List<byte[]> tars) {
        Map<Digest, byte[]> blobs = new HashMap<>();
        List<Descriptor> descriptors = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (byte[] tar : tars) {
            byte[] gzip = gzip(tar);
            Digest digest = Digest.of(gzip);
            blobs.put(digest, gzip);
            descriptors.add(new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, gzip.length));
            diffIds.add(Digest.of(tar));
        }
        ImageConfig config = new ImageConfig(
                "amd64", "linux", List.of("/app"), List.of(), List.of(), "", "", List.of(), "", diffIds);
        return Image.of(config, descriptors, blobs);
    }

    /** An image of one layer, of which these are the bytes before and after compressing. */
    static Image compressed(byte[] tar, byte[] layer) {
        Image image = image(List.of(tar));
        Digest digest = Digest.of(layer);
        image.blobs().put(digest, layer);
        return Image.of(
                image.config(), List.of(new Descriptor(MediaTypes.OCI_LAYER, digest, layer.length)), image.blobs());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    record Image(Manifest manifest, ImageConfig config, Map<Digest, byte[]> blobs) implements BlobSource {
        static Image of(ImageConfig config, List<Descriptor> layers, Map<Digest, byte[]> blobs) {
            byte[] json = config.toJson();
            Descriptor described = new Descriptor(MediaTypes.OCI_CONFIG, Digest.of(json), json.length);
            Map<Digest, byte[]> all = new HashMap<>(blobs);
            all.put(described.digest(), json);
            return new Image(new Manifest(MediaTypes.OCI_MANIFEST, described, layers), config, all);
        }

        /** The same with another USER. */
        Image as(String user) {
            ImageConfig changed = new ImageConfig(
                    config.architecture(),
                    config.os(),
                    config.entrypoint(),
                    config.command(),
                    config.env(),
                    user,
                    config.workingDirectory(),
                    List.of(),
                    config.stopSignal(),
                    config.diffIds());
            return of(changed, manifest.layers(), blobs);
        }

        @Override
        public ByteArrayInputStream open(Digest digest) throws IOException {
            byte[] content = blobs.get(digest);
            if (content == null) {
                throw new IOException("no blob " + digest);
            }
            return new ByteArrayInputStream(content);
        }
    }
}
