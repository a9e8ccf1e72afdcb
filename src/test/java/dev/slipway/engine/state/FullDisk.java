package dev.slipway.engine.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that is full for one write, of which it takes half, and has room again for the next one. */
public final class FullDisk implements Disk {
    private final Disk disk;
    private int left;

    /** @param writes how many {@code disk} takes before */
    public FullDisk(Disk disk, int writes) {
        this.disk = disk;
        this.left = writes;
    }

    /** Whether the write came that did not fit. */
    public synchronized boolean wasFull() {
        return left < 0;
    }

    private synchronized boolean fits() {
        if (left < 0) {
            return true;
        }
        return left-- > 0;
    }

    @Override
    public Appender open(Path file) throws IOException {
        Appender real = disk.open(file);
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                if (fits()) {
                    real.append(bytes);
                } else {
                    real.append(Arrays.copyOf(bytes, bytes.length / 2));
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        if (!fits()) {
            throw new IOException("No space left on device");
        }
        disk.replace(file, content);
    }
}
