package dev.slipway.engine.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and writes the files of one stack: its snapshot, and over it what an interrupted run left in the journal. */
final class Records {
    private final Layout layout;
    private final StackName stack;
    private final Disk disk;
    private final StackSecrets secrets;
    private final boolean checked;

    /** What was read: the ledger with everything played over it, and the digest of the snapshot file (empty when there is none). */
    record Loaded(Ledger ledger, Snapshot snapshot, String digest, boolean interrupted) {}

    Records(Layout layout, StackName stack, Disk disk, StackSecrets secrets) {
        this(layout, stack, disk, secrets, true);
    }

    private Records(Layout layout, StackName stack, Disk disk, StackSecrets secrets, boolean checked) {
        this.checked = checked;
        this.layout = layout;
        this.stack = stack;
        this.disk = disk;
        this.secrets = secrets;
    }

    /** The same files for somebody who is about to repair them: {@link #load} does not look at {@link Integrity}. */
    Records unchecked() {
        return new Records(layout, stack, disk, secrets, false);
    }

    /** @throws StateException when the files can't be read, belong to different runs, or break the rules of {@link Integrity} */
    Optional<Loaded> load() {
        Path file = layout.checkpoint(stack);
        List<String> lines = journal();
        Optional<byte[]> bytes = read(file);
        if (bytes.isEmpty() && lines.isEmpty()) {
            refuseCompressed();
            return Optional.empty();
        }
        String digest = bytes.map(SnapshotJson::sha256).orElse("");
        Snapshot snapshot = bytes.map(content -> trusted(file, content)).orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        boolean stale = lines.isEmpty()
                || JournalJson.folded(lines).filter(digest::equals).isPresent();
        if (stale) {
            return Optional.of(new Loaded(Ledger.inMemory(snapshot), snapshot, digest, false));
        }
        Snapshot played = replay(snapshot, digest, lines);
        return Optional.of(new Loaded(Ledger.inMemory(played), played, digest, true));
    }

    private Snapshot replay(Snapshot snapshot, String digest, List<String> lines) {
        Path file = layout.journal(stack);
        Optional<String> base = JournalJson.base(lines);
        if (base.isEmpty()) {
            return snapshot;
        }
        if (!base.get().equals(digest)) {
            throw new StateException(
                    "The stack " + stack + " was changed by another engine after a run here was interrupted: the"
                            + " journal " + file
                            + " does not belong to the recorded state any more. Look at what both say, then remove the"
                            + " journal.");
        }
        var ledger = Ledger.inMemory(snapshot);
        new JournalJson(secrets).replay(lines, ledger, "The journal " + file);
        Snapshot played = ledger.snapshot(snapshot.time(), snapshot.version());
        check(played, "The journal " + file);
        return played;
    }

    private Snapshot trusted(Path file, byte[] content) {
        try {
            Snapshot snapshot = SnapshotJson.read(content, "The state file " + file, secrets);
            check(snapshot, "The state file " + file);
            return snapshot;
        } catch (StateException e) {
            throw new StateException(e.getMessage() + newestGood(), e);
        }
    }

    private void check(Snapshot snapshot, String where) {
        List<String> problems = checked ? Integrity.problems(snapshot.resources()) : List.of();
        if (!problems.isEmpty()) {
            throw new StateException(where + " can't be trusted:\n  " + String.join("\n  ", problems));
        }
    }

    /** A backup is good when it reads as JSON of a known version; what it holds is for the person to judge. */
    private String newestGood() {
        List<Path> candidates = new ArrayList<>(List.of(layout.previous(stack)));
        if (Files.isDirectory(layout.backups(stack))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.backups(stack), "*.json")) {
                files.forEach(candidates::add);
            } catch (IOException e) {
                return "";
            }
        }
        return candidates.stream()
                .filter(Files::isRegularFile)
                .sorted(Comparator.comparing(Records::modified).reversed())
                .filter(this::readable)
                .findFirst()
                .map(path -> "\nNothing was changed. The newest good copy is " + path + ".")
                .orElse("\nNothing was changed.");
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private boolean readable(Path file) {
        try {
            Snapshot snapshot = SnapshotJson.read(Files.readAllBytes(file), file.toString(), secrets);
            return Integrity.problems(snapshot.resources()).isEmpty();
        } catch (IOException | StateException e) {
            return false;
        }
    }

    /** Writes the snapshot in place of the old one, which stays beside it as {@code .bak}, and returns its digest, which it announces first. */
    String write(Snapshot snapshot, Consumer<String> announce) {
        byte[] bytes = SnapshotJson.checkpoint(stack, snapshot, secrets);
        String digest = SnapshotJson.sha256(bytes);
        Path file = layout.checkpoint(stack);
        try {
            writeMeta();
            announce.accept(digest);
            if (Files.exists(file)) {
                Files.copy(file, layout.previous(stack), StandardCopyOption.REPLACE_EXISTING);
            }
            disk.replace(file, bytes);
        } catch (IOException e) {
            throw new StateException(
                    "The state of " + stack + " can't be written to " + file + ": " + e.getMessage(), e);
        }
        return digest;
    }

    /**
     * Writes a snapshot while an interrupted run's journal is there. The journal says so before: dying in between leaves either the old
     * snapshot with a journal that fits, or the new one with a journal that names it.
     */
    String fold(Snapshot played) {
        List<String> whole = JournalJson.whole(journal());
        return write(played, digest -> {
            String text = String.join("\n", whole) + "\n" + new JournalJson(secrets).folding(digest) + "\n";
            try {
                disk.replace(layout.journal(stack), text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new StateException("The journal of " + stack + " can't be written: " + e.getMessage(), e);
            }
        });
    }

    /** Writes a record whatever there is, also beside a journal that can't be played. */
    void overwrite(Snapshot snapshot) {
        if (Files.exists(layout.journal(stack))) {
            fold(snapshot);
        } else {
            write(snapshot, digest -> {});
        }
        removeJournal();
    }

    void removeJournal() {
        try {
            Files.deleteIfExists(layout.journal(stack));
        } catch (IOException e) {
            throw new StateException("The journal of " + stack + " can't be removed: " + e.getMessage(), e);
        }
    }

    /** A record in the history, and a copy in the backups, as Pulumi leaves them after each operation. */
    void writeHistory(UpdateRecord update) {
        Path file = layout.checkpoint(stack);
        Instant at = update.ended();
        String stamp = stamp(at);
        try {
            Files.createDirectories(layout.history(stack));
            Path line = layout.history(stack).resolve(stack.stack() + "-" + stamp + ".history.json");
            Files.writeString(line, update.json());
            if (Files.exists(file)) {
                Files.copy(
                        file,
                        layout.history(stack).resolve(stack.stack() + "-" + stamp + ".checkpoint.json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StateException("The history of " + stack + " can't be written: " + e.getMessage(), e);
        }
        writeBackup(at);
    }

    /** A copy of the record in the backups. */
    void writeBackup(Instant at) {
        Path file = layout.checkpoint(stack);
        try {
            Files.createDirectories(layout.backups(stack));
            if (Files.exists(file)) {
                Files.copy(
                        file,
                        layout.backups(stack).resolve(stack.stack() + "." + stamp(at) + ".json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StateException("The backup of " + stack + " can't be written: " + e.getMessage(), e);
        }
    }

    private static String stamp(Instant at) {
        return Long.toString(at.getEpochSecond() * 1_000_000_000L + at.getNano());
    }

    private void writeMeta() throws IOException {
        Path meta = layout.meta();
        if (Files.exists(meta)) {
            String text = Files.readString(meta).strip();
            if (!text.equals("version: 1")) {
                throw new StateException(meta + " says `" + text + "`; only `version: 1` is supported here.");
            }
        } else {
            disk.replace(meta, "version: 1\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<String> journal() {
        return read(layout.journal(stack))
                .map(bytes -> Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n")))
                .orElse(List.of());
    }

    private void refuseCompressed() {
        for (String ending : List.of(".gz", ".zst")) {
            Path file = layout.checkpoint(stack).resolveSibling(stack.stack() + ".json" + ending);
            if (Files.exists(file)) {
                throw new StateException(
                        "The state file " + file
                                + " is compressed, which is not supported here. Unpack it beside itself and remove the compressed one.");
            }
        }
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new StateException(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
