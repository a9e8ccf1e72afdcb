package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much is on a disk.
 *
 * @param bytes of file content
 * @param files of any kind
 */
record DiskUse(long bytes, long files) {
    static final DiskUse NONE = new DiskUse(0, 0);

    /** App Runner gives 3 GB for the image and what the application writes; the number of files is our own limit. */
    static final DiskUse APP_RUNNER = new DiskUse(3_000_000_000L, 500_000);

    boolean exceeds(DiskUse limit) {
        return bytes > limit.bytes || files > limit.files;
    }

    /** @throws IOException when an image that takes as much is larger than this */
    void mustHold(DiskUse image) throws IOException {
        if (image.files > files) {
            throw new IOException("the image has more than " + files + " files");
        }
        if (image.bytes > bytes) {
            throw new IOException("the image is larger than " + bytes / 1_000_000 + " MB unpacked");
        }
    }

    /** At most what a number can hold, because the size of a file in an image may be a lie. */
    DiskUse plus(DiskUse other) {
        return new DiskUse(sum(bytes, other.bytes), sum(files, other.files));
    }

    private static long sum(long one, long other) {
        return other > 0 && one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    DiskUse minus(DiskUse other) {
        return new DiskUse(bytes - other.bytes, files - other.files);
    }

    /** Everything in a directory that others write to meanwhile. */
    static DiskUse of(Path directory) {
        Counter counter = new Counter();
        try {
            Files.walkFileTree(directory, counter);
        } catch (IOException e) {
            // It was removed; what was counted until then is good enough.
        }
        return new DiskUse(counter.bytes, counter.files);
    }

    /** What processes hold open although it was removed, so that it is in no directory any more. */
    static DiskUse removedButOpen(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "fd"))
                .flatMap(DiskUse::list)
                .map(DiskUse::ofRemoved)
                .reduce(NONE, DiskUse::plus);
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return List.copyOf(entries.toList()).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static DiskUse ofRemoved(Path descriptor) {
        try {
            boolean removed = Files.readSymbolicLink(descriptor).toString().endsWith(" (deleted)");
            return removed && Files.isRegularFile(descriptor) ? new DiskUse(Files.size(descriptor), 1) : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    private static final int LONGEST_PATH = 4096;

    private static final class Counter extends SimpleFileVisitor<Path> {
        private long bytes;
        private long files;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            files++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (Files.isDirectory(file)) {
                lookInto(file);
            } else if (file.toString().length() > LONGEST_PATH / 4) {
                // Directories so deep in one another that no path leads there are made to hide something.
                bytes = Long.MAX_VALUE / 2;
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        /** A directory whose mode keeps even its owner from reading it. */
        private void lookInto(Path directory) throws IOException {
            Set<PosixFilePermission> own = Files.getPosixFilePermissions(directory);
            Set<PosixFilePermission> all = Set.of(
                    PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
            if (own.containsAll(all)) {
                return;
            }
            Files.setPosixFilePermissions(directory, all);
            try {
                Files.walkFileTree(directory, this);
            } finally {
                Files.setPosixFilePermissions(directory, own);
            }
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
            return FileVisitResult.CONTINUE;
        }
    }
}
