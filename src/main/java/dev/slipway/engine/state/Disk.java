package dev.slipway.engine.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The two ways in which the state reaches the disk for good. A seam so that tests can die at any of them. */
public interface Disk {
    /** Opens a file for appending; makes it when there is none. */
    Appender open(Path file) throws IOException;

    /** Puts {@code content} in the place of the file: afterwards, whatever happens, one of the two is there whole. */
    void replace(Path file, byte[] content) throws IOException;

    /** A file that only grows. */
    interface Appender extends Closeable {
        /** Returns when the bytes are on the disk. */
        void append(byte[] bytes) throws IOException;
    }

    /** The machine's own disk, with {@code fsync}. */
    Disk REAL = new Disk() {
        @Override
        public Appender open(Path file) throws IOException {
            Files.createDirectories(parent(file));
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            forceDirectory(parent(file));
            return new Appender() {
                @Override
                public void append(byte[] bytes) throws IOException {
                    writeWhole(channel, bytes);
                    channel.force(false);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            Files.createDirectories(parent(file));
            // Two who write the same file at once must not write into one another's.
            String own =
                    ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
            Path fresh = file.resolveSibling("." + file.getFileName() + "." + own + ".new");
            try (var channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                writeWhole(channel, content);
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(parent(file));
        }

        private static void writeWhole(FileChannel channel, byte[] bytes) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        private static Path parent(Path file) {
            Path parent = file.toAbsolutePath().getParent();
            return parent == null ? file.toAbsolutePath() : parent;
        }

        /** A new name is on the disk only when its directory is. Not every system can do this to a directory. */
        private static void forceDirectory(Path directory) {
            try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // The file's own content is safe; the name will follow.
            }
        }
    };
}
