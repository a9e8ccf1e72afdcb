package dev.slipway.engine.state;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One run's hold on a stack: locked from the opening to the close, with a ledger whose changes are durable one by one. */
public final class StackSession implements AutoCloseable {
    /** What manifests say wrote them. */
    static final String VERSION = "slipway";

    private final Records records;
    private final Lock lock;
    private final Journal.InFile journal;
    private final Ledger ledger;
    private final InstantSource clock;
    private final List<String> notes;
    private final boolean fresh;

    private StackSession(
            Records records,
            Lock lock,
            Journal.InFile journal,
            Ledger ledger,
            InstantSource clock,
            List<String> notes,
            boolean fresh) {
        this.records = records;
        this.lock = lock;
        this.journal = journal;
        this.ledger = ledger;
        this.clock = clock;
        this.notes = List.copyOf(notes);
        this.fresh = fresh;
    }

    /** First folds what an interrupted run left, so that this run's journal starts from a whole snapshot. */
    static StackSession open(
            Records records,
            Lock lock,
            Layout layout,
            StackName stack,
            Disk disk,
            StackSecrets secrets,
            OpenNotes notes) {
        Optional<Records.Loaded> loaded = records.load();
        Snapshot snapshot = loaded.map(Records.Loaded::snapshot).orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        String digest = loaded.map(Records.Loaded::digest).orElse("");
        if (loaded.isPresent() && loaded.get().interrupted()) {
            digest = records.fold(snapshot);
            notes.add("Took in what an interrupted run had recorded.");
        }
        records.removeJournal();
        var journal = new Journal.InFile(disk, layout.journal(stack), digest, new JournalJson(secrets));
        var ledger = new Ledger(snapshot, journal);
        return new StackSession(records, lock, journal, ledger, notes.clock(), notes.lines(), loaded.isEmpty());
    }

    /** What is collected while opening. */
    record OpenNotes(InstantSource clock, List<String> lines) {
        void add(String line) {
            lines.add(line);
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    /** What a person should know of the opening: a lock taken over, an interrupted run taken in. */
    public List<String> notes() {
        return notes;
    }

    /** Writes the snapshot, when anything is otherwise than before, and the history; the journal is then empty. */
    public void finish(UpdateRecord update) {
        if (fresh || ledger.changed()) {
            records.write(ledger.snapshot(clock.instant(), VERSION), journal::folding);
        }
        journal.close();
        records.removeJournal();
        records.writeHistory(update);
    }

    /** Writes another record in the place of the one that this session began from, and a backup; the journal is then empty. */
    void replace(Snapshot snapshot) {
        records.write(snapshot, journal::folding);
        journal.close();
        records.removeJournal();
        records.writeBackup(clock.instant());
    }

    /** Gives the stack free. Without {@link #finish} before, what was recorded stays in the journal for the next run. */
    @Override
    public void close() {
        try {
            journal.close();
        } finally {
            lock.close();
        }
    }
}
