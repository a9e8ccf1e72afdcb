package dev.slipway.engine;

import dev.slipway.engine.state.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that trusts the machine not to lose power during a test. */
final class FastDisk implements Disk {
    @Override
    public Appender open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, content);
    }
}
