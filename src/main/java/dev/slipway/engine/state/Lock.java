package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lock files of one stack, as Pulumi's file backend writes them: one file per holder, looked at before and after one's own is made. */
final class Lock implements AutoCloseable {
    private final Path file;

    private Lock(Path file) {
        this.file = file;
    }

    /** Who holds a lock; {@code pid} is 0 when the file does not say. */
    record Holder(
            long pid, String user, String host, @Nullable Instant since) {
        /**
         * Whether the process that made the lock is known to be gone: it ran on this machine and does not any more. A number that another
         * process has by now keeps the lock: to wait in vain is better than to write beside a living run.
         */
        boolean gone() {
            return pid > 0
                    && host.equals(hostName())
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }

        @Override
        public String toString() {
            return "process " + pid + " of " + user + " on " + host + (since == null ? "" : ", since " + since);
        }
    }

    /**
     * Takes the lock; one whose process is gone is taken over, which {@code notes} then tells.
     *
     * @throws StateException when somebody holds it
     */
    static Lock take(Path directory, StackName stack, UUID name, Instant now, List<String> notes) {
        try {
            Files.createDirectories(directory);
            refuseHeld(directory, stack, null, notes);
            Path file = directory.resolve(name + ".json");
            // Put there whole: a lock without a name could not be told from one whose process is gone.
            Path fresh = directory.resolveSibling("." + name + ".new");
            Files.writeString(fresh, describeSelf(now), StandardOpenOption.CREATE_NEW);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            var lock = new Lock(file);
            try {
                refuseHeld(directory, stack, file, notes);
            } catch (StateException e) {
                lock.close();
                throw e;
            }
            return lock;
        } catch (IOException e) {
            throw new StateException(
                    "The stack " + stack + " can't be locked in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void refuseHeld(Path directory, StackName stack, @Nullable Path own, List<String> notes)
            throws IOException {
        for (Path other : files(directory)) {
            if (other.equals(own)) {
                continue;
            }
            Optional<Holder> holder = read(other);
            if (holder.isEmpty()) {
                continue;
            }
            if (!holder.get().gone()) {
                throw new StateException("The stack " + stack + " is locked by " + holder.get()
                        + ". Wait until that run has ended; if it has died, `cancel` takes its lock away.");
            }
            Files.deleteIfExists(other);
            notes.add("Took over the lock of " + holder.get() + ", which is no longer running.");
        }
    }

    static Optional<String> remove(Path directory) {
        List<String> holders = new ArrayList<>();
        try {
            for (Path file : files(directory)) {
                read(file).ifPresent(holder -> holders.add(holder.toString()));
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StateException("The lock in " + directory + " can't be removed: " + e.getMessage(), e);
        }
        return holders.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", holders));
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.json")) {
                all.forEach(files::add);
            }
        }
        return files;
    }

    /** Empty when the file has just gone. A lock that can't be read is still a lock. */
    private static Optional<Holder> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = PropertyJson.MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            return Files.exists(file) ? Optional.of(new Holder(0, "unknown", "unknown", null)) : Optional.empty();
        }
        return Optional.of(new Holder(
                node.path("pid").asLong(),
                node.path("username").asText(),
                node.path("hostname").asText(),
                instant(node.path("timestamp").asText())));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String describeSelf(Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("username", System.getProperty("user.name", "unknown"))
                .put("hostname", hostName())
                .put("timestamp", now.toString())
                .toString();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StateException("The lock " + file + " can't be removed: " + e.getMessage(), e);
        }
    }
}
