package dev.slipway.engine;

import dev.slipway.engine.state.Disk;
import java.io.IOException;
import java.nio.file.Path;

/** A disk under a process that dies: the write of that number, and all after it, never happen. */
final class FailingDisk implements Disk {
    private int left;

    /** Stands for the death of the process: nobody may catch it and go on. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    FailingDisk(int writes) {
        left = writes;
    }

    private synchronized void spend() {
        if (left <= 0) {
            throw new Died();
        }
        left--;
    }

    @Override
    public Appender open(Path file) throws IOException {
        Appender real = new FastDisk().open(file);
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                spend();
                real.append(bytes);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        spend();
        new FastDisk().replace(file, content);
    }
}
