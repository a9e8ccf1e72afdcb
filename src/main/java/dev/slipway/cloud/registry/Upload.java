package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** A blob that is on its way in: a file that grows, and its hash so far. Guarded by itself. */
final class Upload {
    private static final int BUFFER = 64 << 10;

    private final RepositoryId repository;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest sha256 = Digest.hasher("sha256");
    private long size;
    private Instant touched;

    Upload(RepositoryId repository, Path file, Instant now) throws IOException {
        this.repository = repository;
        this.file = file;
        this.touched = now;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    RepositoryId repository() {
        return repository;
    }

    synchronized long size() {
        return size;
    }

    synchronized boolean untouchedSince(Instant time) {
        return touched.isBefore(time);
    }

    /**
     * Appends what comes. When the stream breaks, what came so far counts, and the client can go on from {@link #size()}.
     *
     * @param from where the client thinks the content ends now; negative when it did not say
     */
    synchronized void append(long from, InputStream content, Instant now) throws IOException {
        touched = now;
        if (from >= 0 && from != size) {
            throw new RegistryException(
                    416, "BLOB_UPLOAD_INVALID", "the next byte is " + size + ", but the chunk starts at " + from);
        }
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            sha256.update(buffer, 0, count);
            size += count;
        }
    }

    /** Ends the upload: the file is moved to its name when it is what was promised, else removed. */
    synchronized void finish(Digest promised, Blobs blobs) throws IOException {
        try {
            channel.force(true);
            channel.close();
            Digest actual = promised.algorithm().equals("sha256")
                    ? new Digest("sha256", HexFormat.of().formatHex(sha256.digest()))
                    : hashFile(promised.algorithm());
            if (!actual.equals(promised)) {
                throw new RegistryException(
                        400, "DIGEST_INVALID", "the content should be " + promised + ", but is " + actual);
            }
            blobs.keep(file, promised);
        } finally {
            discard();
        }
    }

    synchronized void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private Digest hashFile(String algorithm) throws IOException {
        MessageDigest hasher = Digest.hasher(algorithm);
        try (InputStream content = new java.security.DigestInputStream(Files.newInputStream(file), hasher)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest(algorithm, HexFormat.of().formatHex(hasher.digest()));
    }
}
