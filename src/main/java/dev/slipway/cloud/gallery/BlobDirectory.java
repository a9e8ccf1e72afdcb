package dev.slipway.cloud.gallery;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Content by digest, as files that appear only when they are complete. */
final class BlobDirectory {
    /** How the names of files begin that are not complete; a digest has no such letters. */
    private static final String UNFINISHED = "new";

    private final Path directory;

    /** Opens a directory that nobody else writes to now, and removes what a process that was killed left half-written. */
    BlobDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    /** A compressed layer; {@code diffId} is the digest of the tar file inside. */
    record Layer(Descriptor descriptor, Digest diffId) {}

    interface Content {
        void write(TarWriter tar) throws IOException;
    }

    Path path(Digest digest) {
        return directory.resolve(digest.hex());
    }

    Digest put(byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        Path fresh = Files.createTempFile(directory, UNFINISHED, "");
        Files.write(fresh, content);
        Files.move(fresh, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return digest;
    }

    Layer layer(Content content) throws IOException {
        MessageDigest compressed = Digest.hasher("sha256");
        MessageDigest plain = Digest.hasher("sha256");
        Path fresh = Files.createTempFile(directory, UNFINISHED, "");
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16);
                    OutputStream gzip = new FastGzip(new DigestOutputStream(file, compressed));
                    OutputStream tar = new BufferedOutputStream(new DigestOutputStream(gzip, plain), 1 << 16)) {
                TarWriter writer = new TarWriter(tar);
                content.write(writer);
                writer.close();
            }
            Digest digest = new Digest("sha256", HexFormat.of().formatHex(compressed.digest()));
            Digest diffId = new Digest("sha256", HexFormat.of().formatHex(plain.digest()));
            long size = Files.size(fresh);
            Files.move(fresh, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Layer(new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, size), diffId);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The image is made while a person waits and goes nowhere over a slow network, so speed counts more than size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
