package dev.slipway.engine.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The stacks recorded below one directory, in the layout of Pulumi's {@code file://} backend: {@code DIR/.pulumi/stacks/PROJECT/STACK.json}.
 * Thread-safe.
 */
public final class StateStore {
    private static final String ENDING = ".json";

    private final Layout layout;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Disk disk;

    /**
     * @param directory what {@code file://} names; {@code .pulumi} is made inside it at the first write
     * @param random names locks
     */
    public StateStore(Path directory, InstantSource clock, RandomGenerator random) {
        this(directory, clock, random, Disk.REAL);
    }

    /** With a disk of one's own: for tests that die while writing. */
    public StateStore(Path directory, InstantSource clock, RandomGenerator random, Disk disk) {
        this.layout = new Layout(directory);
        this.clock = clock;
        this.random = random;
        this.disk = disk;
    }

    /** Every stack of every project, by project and name. */
    public List<StackName> list() {
        List<StackName> stacks = new ArrayList<>();
        for (Path project : children(layout.stacks())) {
            for (Path file : children(project)) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDING) && !name.startsWith(".")) {
                    stacks.add(StackName.of(
                            project.getFileName().toString(), name.substring(0, name.length() - ENDING.length())));
                }
            }
        }
        stacks.sort(Comparator.comparing(StackName::toString));
        return List.copyOf(stacks);
    }

    public boolean exists(StackName stack) {
        return Files.exists(layout.checkpoint(stack)) || Files.exists(layout.journal(stack));
    }

    /**
     * Records an empty stack.
     *
     * @throws StateException when there is one of this name already
     */
    public void create(StackName stack, StackSecrets secrets) {
        if (exists(stack)) {
            throw new StateException("The stack " + stack + " exists already.");
        }
        records(stack, secrets).write(Snapshot.empty(clock.instant()), digest -> {});
    }

    /**
     * Removes a stack's record, its tags and its history.
     *
     * @param backups its backups, too
     * @throws StateException when it is locked, or does not exist, or still holds resources and {@code force} is not set
     */
    public void remove(StackName stack, StackSecrets secrets, boolean force, boolean backups) {
        if (!exists(stack)) {
            throw absent(stack);
        }
        try (StackSession session = open(stack, secrets)) {
            if (!force && !session.ledger().entries().isEmpty()) {
                throw new StateException("The stack " + stack + " still holds "
                        + session.ledger().entries().size()
                        + " resource(s). Destroy them first, or remove the stack with --force and leave them running.");
            }
            delete(layout.history(stack));
            delete(layout.tags(stack));
            if (backups) {
                delete(layout.backups(stack));
            }
            delete(layout.previous(stack));
            delete(layout.checkpoint(stack));
        }
    }

    /**
     * What is recorded, including what an interrupted run left in its journal. Takes no lock and writes nothing; empty when there is no such
     * stack.
     *
     * @throws StateException when the record can't be read or trusted, or holds secrets and there is no (or a wrong) passphrase
     */
    public Optional<Snapshot> load(StackName stack, StackSecrets secrets) {
        return records(stack, secrets).load().map(Records.Loaded::snapshot);
    }

    /**
     * Takes the stack for one run.
     *
     * @throws StateException when somebody else holds it, or as {@link #load}
     */
    public StackSession open(StackName stack, StackSecrets secrets) {
        List<String> notes = new ArrayList<>();
        Lock lock = lock(stack, notes);
        try {
            return StackSession.open(
                    records(stack, secrets),
                    lock,
                    layout,
                    stack,
                    disk,
                    secrets,
                    new StackSession.OpenNotes(clock, notes));
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private Lock lock(StackName stack, List<String> notes) {
        return Lock.take(
                layout.locks(stack), stack, new UUID(random.nextLong(), random.nextLong()), clock.instant(), notes);
    }

    /** For changes by hand. */
    public StackEditor editor(StackName stack, StackSecrets secrets) {
        return new StackEditor(
                stack,
                layout,
                disk,
                clock,
                name -> lock(name, new ArrayList<>()),
                () -> open(stack, secrets),
                name -> records(name, secrets));
    }

    /** What was done to the stack, the youngest first; empty when nothing was. */
    public List<UpdateRecord> history(StackName stack) {
        return History.read(layout.history(stack));
    }

    /** The stack's tags, by name. */
    public Map<String, String> tags(StackName stack) {
        return new StackTags(layout.tags(stack), disk).read();
    }

    /**
     * Replaces all tags of the stack.
     *
     * @throws StateException when somebody else holds the stack
     */
    @SuppressWarnings("try") // a lock is held, not used
    public void setTags(StackName stack, Map<String, String> tags) {
        try (Lock held = lock(stack, new ArrayList<>())) {
            new StackTags(layout.tags(stack), disk).write(tags);
        }
    }

    /**
     * The record as {@code pulumi stack export} prints it; with {@code showSecrets} in clear.
     *
     * @throws StateException as {@link #load}, and when there is no such stack
     */
    public String export(StackName stack, StackSecrets secrets, boolean showSecrets) {
        Snapshot snapshot = load(stack, secrets).orElseThrow(() -> absent(stack));
        return SnapshotJson.export(snapshot, secrets, showSecrets);
    }

    /** When the record was last written; empty when there is no such stack. */
    public Optional<Instant> lastChanged(StackName stack) {
        try {
            Path file = layout.checkpoint(stack);
            return Files.exists(file)
                    ? Optional.of(Files.getLastModifiedTime(file).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes away the lock that another run holds ({@code pulumi cancel}); says who held it.
     *
     * @return empty when there was none
     */
    public Optional<String> breakLock(StackName stack) {
        return Lock.remove(layout.locks(stack));
    }

    /** The words for a stack that is not there, with those that are. */
    public StateException absent(StackName stack) {
        List<String> names = list().stream()
                .filter(other -> other.project().equals(stack.project()))
                .map(StackName::stack)
                .toList();
        return new StateException("There is no stack " + stack + " in " + layout.root()
                + (names.isEmpty()
                        ? "; it holds none of this project."
                        : "; it holds " + String.join(", ", names) + "."));
    }

    private Records records(StackName stack, StackSecrets secrets) {
        return new Records(layout, stack, disk, secrets);
    }

    private static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                all.forEach(children::add);
            } catch (IOException e) {
                throw new StateException(directory + " can't be read: " + e.getMessage(), e);
            }
        }
        return children;
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StateException(path + " can't be removed: " + e.getMessage(), e);
        }
    }
}
