package dev.slipway.cloud.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory that this process alone uses. The operating system gives it free when the process ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    /**
     * What this process has locked. Needed beside the lock of the operating system, which a process loses on a file as soon as it closes
     * any channel to it: a second try in the same process must not even open the file.
     */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path real;
    private final FileChannel channel;

    private DirectoryLock(Path path, Path real, FileChannel channel) {
        this.path = path;
        this.real = real;
        this.channel = channel;
    }

    static DirectoryLock take(Path path) throws IOException {
        PrivateFiles.directory(path);
        Path real = path.toRealPath();
        if (!HERE.add(real)) {
            throw new IOException("the directory " + path + " is in use by this process, "
                    + ProcessHandle.current().pid() + ". Close it first, or use another directory.");
        }
        try {
            return new DirectoryLock(path, real, lock(path));
        } catch (IOException | RuntimeException taken) {
            HERE.remove(real);
            throw taken;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        Path file = path.resolve("lock");
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PrivateFiles.attributes("rw-------"));
        try {
            if (channel.tryLock() == null) {
                throw new IOException("the directory " + path + " is in use by " + owner(file)
                        + ". Stop that process, or use another directory.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException taken) {
            channel.close();
            throw taken;
        }
    }

    private static String owner(Path file) throws IOException {
        String pid = Files.readString(file, StandardCharsets.US_ASCII).trim();
        return pid.isEmpty() ? "another process" : "the process " + pid;
    }

    Path path() {
        return path;
    }

    /** Makes renames in the directory durable, where the system can open directories. */
    void sync() throws IOException {
        // An interrupt would close the channel in the middle; the directory must be on disk all the same.
        boolean interrupted = Thread.interrupted();
        try (FileChannel open = FileChannel.open(path, StandardOpenOption.READ)) {
            open.force(true);
        } catch (ClosedByInterruptException again) {
            interrupted = true;
            Thread.interrupted();
            sync();
        } catch (AccessDeniedException windows) {
            // Directories cannot be opened there, and renames need no sync.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HERE.remove(real);
    }
}
