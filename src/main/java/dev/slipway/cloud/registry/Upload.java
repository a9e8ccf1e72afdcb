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
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;

/** A blob that is on its way in: a file that grows, and its hash so far. One writer at a time; a second one is told so and does not wait. */
final class Upload {
    private static final int BUFFER = 256 << 10;

    private final RepositoryId repository;
    private final Path file;
    private final FileChannel channel;
    private final String algorithm;
    private final MessageDigest hash;
    private final ReentrantLock writer = new ReentrantLock();
    private volatile long size;
    private volatile Instant touched;

    Upload(RepositoryId repository, Path file, String algorithm, Instant now) throws IOException {
        this.repository = repository;
        this.file = file;
        this.algorithm = algorithm;
        this.hash = Digest.hasher(algorithm);
        this.touched = now;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    RepositoryId repository() {
        return repository;
    }

    long size() {
        return size;
    }

    boolean untouchedSince(Instant time) {
        return !writer.isLocked() && touched.isBefore(time);
    }

    void requireIdle() {
        if (writer.isLocked()) {
            throw busy();
        }
    }

    /** Appends what comes. When the stream breaks, what came so far counts, and the client can go on from {@link #size()}. */
    void append(long from, InputStream content, Instant now) throws IOException {
        if (!writer.tryLock()) {
            throw busy();
        }
        try {
            touched = now;
            if (from >= 0 && from != size) {
                throw new RegistryException(
                        416, "BLOB_UPLOAD_INVALID", "the next byte is " + size + ", but the chunk starts at " + from);
            }
            copy(content);
        } finally {
            writer.unlock();
        }
    }

    private void copy(InputStream content) throws IOException {
        byte[] bytes = new byte[BUFFER];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int count = fill(content, bytes); count >= 0; count = fill(content, bytes)) {
            buffer.position(0).limit(count);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            hash.update(bytes, 0, count);
            // Only the holder of the writer's lock changes it; others just look.
            long end = size + count;
            size = end;
        }
    }

    /** Reads what is there, and waits only when nothing is: what came before a connection broke is kept. */
    private static int fill(InputStream content, byte[] bytes) throws IOException {
        int filled = content.read(bytes);
        while (filled > 0 && filled < bytes.length && content.available() > 0) {
            int more = content.read(bytes, filled, bytes.length - filled);
            if (more < 0) {
                break;
            }
            filled += more;
        }
        return filled;
    }

    /** Ends the upload: the file is moved to its name when it is what was promised, else removed. */
    void finish(Digest promised, Blobs blobs, Instant now) throws IOException {
        if (!writer.tryLock()) {
            throw busy();
        }
        try {
            channel.force(true);
            channel.close();
            Digest actual = promised.algorithm().equals(algorithm)
                    ? new Digest(algorithm, HexFormat.of().formatHex(hash.digest()))
                    : hashFile(promised.algorithm());
            if (!actual.equals(promised)) {
                throw new RegistryException(
                        400, "DIGEST_INVALID", "the content should be " + promised + ", but is " + actual);
            }
            blobs.keep(file, promised, now);
        } finally {
            discard();
            writer.unlock();
        }
    }

    void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private Digest hashFile(String other) throws IOException {
        MessageDigest hasher = Digest.hasher(other);
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), hasher)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest(other, HexFormat.of().formatHex(hasher.digest()));
    }

    private static RegistryException busy() {
        return new RegistryException(
                409, "BLOB_UPLOAD_INVALID", "another request is writing to this upload; wait until it has ended");
    }
}
