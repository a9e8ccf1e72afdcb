package dev.slipway.engine.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one run, line by line, beside the snapshot they began from. An entry that matters is on the disk before the call returns;
 * entries that come together share one write. Cost per entry does not depend on the size of the stack. After a write that failed nothing more
 * is written, because a later entry without an earlier one would tell another story: every call then throws a {@link StateException}.
 * Thread-safe.
 */
interface Journal {
    void begin(long number, PendingOperation operation);

    void end(long number, Change change);

    void change(Change change);

    /** For a preview. */
    Journal NONE = new Journal() {
        @Override
        public void begin(long number, PendingOperation operation) {}

        @Override
        public void end(long number, Change change) {}

        @Override
        public void change(Change change) {}
    };

    /** A journal in a file, which is made at the first entry that matters. */
    final class InFile implements Journal, AutoCloseable {
        private final Disk disk;
        private final Path file;
        private final JournalJson json;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private final Object writing = new Object();
        private long entered;
        private long durable;
        private Disk.@Nullable Appender appender;
        private @Nullable IOException failure;

        /** @param base the digest of the snapshot that the changes begin from; empty when there was none */
        InFile(Disk disk, Path file, String base, JournalJson json) {
            this.disk = disk;
            this.file = file;
            this.json = json;
            enter(json.header(base));
        }

        @Override
        public void begin(long number, PendingOperation operation) {
            makeDurable(enter(json.begin(number, operation)));
        }

        @Override
        public void end(long number, Change change) {
            makeDurable(enter(json.end(number, change)));
        }

        @Override
        public void change(Change change) {
            long entry = enter(json.change(change));
            if (change.matters()) {
                makeDurable(entry);
            }
        }

        /** Says which snapshot will hold everything above, before that snapshot is written. */
        void folding(String digest) {
            makeDurable(enter(json.folding(digest)));
        }

        private long enter(String line) {
            synchronized (waiting) {
                waiting.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                waiting.write('\n');
                return ++entered;
            }
        }

        private void makeDurable(long entry) {
            synchronized (writing) {
                if (durable >= entry) {
                    return;
                }
                byte[] bytes;
                long last;
                synchronized (waiting) {
                    bytes = waiting.toByteArray();
                    waiting.reset();
                    last = entered;
                }
                append(bytes);
                durable = last;
            }
        }

        private void append(byte[] bytes) {
            if (failure == null) {
                try {
                    if (appender == null) {
                        appender = disk.open(file);
                    }
                    appender.append(bytes);
                    return;
                } catch (IOException e) {
                    failure = e;
                }
            }
            throw new StateException(
                    "The journal of this stack can't be written to " + file + ": " + failure.getMessage(), failure);
        }

        @Override
        public void close() {
            synchronized (writing) {
                if (appender != null) {
                    try {
                        appender.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
    }
}
