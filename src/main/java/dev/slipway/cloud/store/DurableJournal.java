package dev.slipway.cloud.store;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A journal in one file: a first line that names the format, then one change a line. Writers that wait at the same time share one write
 * and one sync (the first of them does it for all). Written through a stream, not a channel: a channel is closed by an interrupt.
 */
final class DurableJournal implements Journal {
    private static final long LARGE = 8L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DirectoryLock directory;
    private final Maker maker;
    private FileOutputStream file;
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long appended;
    private long durable;
    private long size;
    private long sizeWhenNew;
    private boolean syncing;
    private boolean closed;

    @Nullable
    private IOException failure;

    private DurableJournal(DirectoryLock directory, Maker maker, FileOutputStream file) {
        this.directory = directory;
        this.maker = maker;
        this.file = file;
    }

    /** Makes a file to write to. */
    interface Maker {
        FileOutputStream make(Path path) throws IOException;
    }

    static DocumentStore open(Path path) throws IOException {
        return open(path, PrivateFiles::create);
    }

    static DocumentStore open(Path path, Maker maker) throws IOException {
        DirectoryLock directory = DirectoryLock.take(path);
        try {
            Path file = file(path);
            Files.deleteIfExists(unfinished(path));
            JournalReader read = JournalReader.read(file);
            // Written anew at once: that drops a torn end and everything that was overwritten since.
            DurableJournal journal = new DurableJournal(directory, maker, maker.make(unfinished(path)));
            DocumentStore store = new DocumentStore(journal);
            read.changes().forEach(store::replay);
            journal.start(journal.file, store.lines());
            return store;
        } catch (IOException | RuntimeException damaged) {
            directory.close();
            throw damaged;
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("journal.jsonl");
    }

    private static Path unfinished(Path directory) {
        return directory.resolve("journal.jsonl.new");
    }

    /** Fills the new file, then puts it in the place of the old one: a crash leaves either the one or the other. */
    private void start(FileOutputStream next, Iterable<byte[]> lines) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(JournalReader.FIRST_LINE);
        whole.write('\n');
        for (byte[] line : lines) {
            whole.writeBytes(line);
            whole.write('\n');
        }
        whole.writeTo(next);
        next.getFD().sync();
        Files.move(unfinished(directory.path()), file(directory.path()), StandardCopyOption.ATOMIC_MOVE);
        directory.sync();
        file = next;
        size = whole.size();
        sizeWhenNew = size;
    }

    @Override
    public long append(byte[] line) {
        lock.lock();
        try {
            check();
            waiting.writeBytes(line);
            waiting.write('\n');
            size += line.length + 1L;
            return ++appended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sync(long number) {
        lock.lock();
        try {
            while (durable < number) {
                check();
                if (syncing) {
                    changed.awaitUninterruptibly();
                } else {
                    flush();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits; gives the lock away meanwhile, so that others can append. */
    private void flush() {
        byte[] batch = waiting.toByteArray();
        long upTo = appended;
        waiting = new ByteArrayOutputStream();
        syncing = true;
        lock.unlock();
        IOException broken = null;
        try {
            file.write(batch);
            file.getFD().sync();
        } catch (IOException full) {
            broken = full;
        } finally {
            lock.lock();
            syncing = false;
            if (broken == null) {
                durable = upTo;
            } else {
                failure = broken;
            }
            changed.signalAll();
        }
    }

    private void check() {
        if (failure != null) {
            throw new UncheckedIOException(
                    "cannot write to " + file(directory.path()) + ": " + failure.getMessage()
                            + "; nothing can be changed until that is possible again",
                    failure);
        }
        checkOpen();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store in " + directory.path() + " is closed");
        }
    }

    @Override
    public boolean isLarge() {
        lock.lock();
        try {
            return size > LARGE && size > 4 * sizeWhenNew;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isBroken() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void rewrite(Supplier<Iterable<byte[]>> lines) {
        lock.lock();
        try {
            while (syncing) {
                changed.awaitUninterruptibly();
            }
            checkOpen();
            FileOutputStream old = file;
            FileOutputStream next = maker.make(unfinished(directory.path()));
            try {
                start(next, lines.get());
            } finally {
                (file == next ? old : next).close();
            }
            waiting = new ByteArrayOutputStream();
            durable = appended;
            failure = null;
            changed.signalAll();
        } catch (IOException broken) {
            failure = broken;
            check();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            while (syncing) {
                changed.awaitUninterruptibly();
            }
            if (failure == null && waiting.size() > 0) {
                flush();
            }
            closed = true;
            file.close();
            directory.close();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot close " + file(directory.path()), broken);
        } finally {
            lock.unlock();
        }
    }
}
