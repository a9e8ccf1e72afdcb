package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/** Content-addressed files, {@code ALGORITHM/HEX}, private to the user. A file is there whole or not at all. */
final class Blobs {
    private final Path root;
    private final Path unfinished;

    private Blobs(Path root, Path unfinished) {
        this.root = root;
        this.unfinished = unfinished;
    }

    /** Opens a directory; what an earlier process left unfinished is removed. */
    static Blobs open(Path directory) throws IOException {
        Blobs blobs = new Blobs(directory.resolve("blobs"), directory.resolve("uploads"));
        for (Path needed : new Path[] {
            directory, blobs.root, blobs.root.resolve("sha256"), blobs.root.resolve("sha512"), blobs.unfinished
        }) {
            if (!Files.isDirectory(needed)) {
                Files.createDirectories(needed, privateToUser());
            }
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(blobs.unfinished)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        return blobs;
    }

    Path file(Digest digest) {
        return root.resolve(digest.algorithm()).resolve(digest.hex());
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(file(digest));
    }

    /** A file for content that is not complete yet; on the same file system, so that it can be moved in at once. */
    Path newUnfinished(String id) {
        return unfinished.resolve(id);
    }

    /** Moves a complete, verified and forced file to its name; the rename itself is durable when this returns. */
    void keep(Path complete, Digest digest, Instant now) throws IOException {
        Path target = file(digest);
        Files.setLastModifiedTime(complete, FileTime.from(now));
        Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Stores a small content. */
    void keep(byte[] content, Digest digest, String id, Instant now) throws IOException {
        if (touch(digest, now)) {
            return;
        }
        Path file = newUnfinished(id);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        keep(file, digest, now);
    }

    /** Marks a content as wanted just now, so that {@link #retain} spares it; false when it is not there. */
    boolean touch(Digest digest, Instant now) throws IOException {
        try {
            Files.setLastModifiedTime(file(digest), FileTime.from(now));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The content for reading; it stays readable when it is removed meanwhile. */
    FileChannel open(Digest digest) throws IOException {
        return FileChannel.open(file(digest), StandardOpenOption.READ);
    }

    /** Removes every file that is neither in {@code wanted} nor kept or touched since {@code limit}. */
    void retain(Set<Digest> wanted, Instant limit) throws IOException {
        for (String algorithm : new String[] {"sha256", "sha512"}) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(algorithm))) {
                for (Path file : files) {
                    if (!isWanted(wanted, algorithm, file)
                            && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static boolean isWanted(Set<Digest> wanted, String algorithm, Path file) {
        try {
            return wanted.contains(new Digest(algorithm, String.valueOf(file.getFileName())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] privateToUser() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
