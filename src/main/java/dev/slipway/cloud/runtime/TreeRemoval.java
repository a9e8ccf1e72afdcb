package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Removes what images and instances have made, whatever it is: also what its own permissions protect from its owner, and directories in one another
 * that are too deep for any path.
 */
final class TreeRemoval extends SimpleFileVisitor<Path> {
    /** A path may have 4095 bytes, of which a name may have 255; a character of a name may have four. */
    private static final int LONGEST_PATH = 900;

    private final Path place;
    private final Deque<Path> left = new ArrayDeque<>();
    private int moved;

    private TreeRemoval(Path place) {
        this.place = place;
        left.add(place);
    }

    /** Removes a file, a link or a directory with all that is in it; nothing when there is nothing. */
    static void of(Path place) throws IOException {
        BasicFileAttributes attributes = LayerTree.attributes(place);
        if (attributes == null) {
            return;
        }
        if (!attributes.isDirectory()) {
            Files.delete(place);
            return;
        }
        TreeRemoval removal = new TreeRemoval(place);
        while (!removal.left.isEmpty()) {
            Files.walkFileTree(removal.left.remove(), removal);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        unlock(directory);
        if (directory.toString().length() - place.toString().length() < LONGEST_PATH) {
            return FileVisitResult.CONTINUE;
        }
        Path higher = place.resolveSibling(place.getFileName() + ".deep" + moved++);
        Files.move(directory, higher);
        left.add(higher);
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        // A directory that its mode keeps from being read.
        if (Files.isReadable(file) && Files.isExecutable(file)) {
            throw cause;
        }
        unlock(file);
        left.add(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) throws IOException {
        try {
            Files.delete(directory);
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            if (left.isEmpty()) {
                throw e;
            }
            // Something in it comes later.
            left.add(directory);
        }
        return FileVisitResult.CONTINUE;
    }

    private static void unlock(Path directory) throws IOException {
        if (!Files.isWritable(directory) || !Files.isReadable(directory) || !Files.isExecutable(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
