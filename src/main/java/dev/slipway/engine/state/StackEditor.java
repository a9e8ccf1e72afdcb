package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Changes the record of one stack by hand: under its lock, with a backup, and only to one that {@link Integrity} trusts. Every method ends with
 * a {@link StateException}, and changes nothing, when the stack is locked by somebody else or the outcome could not be trusted.
 */
public final class StackEditor {
    private final StackName stack;
    private final Layout layout;
    private final Disk disk;
    private final InstantSource clock;
    private final Function<StackName, Lock> lock;
    private final Supplier<StackSession> open;
    private final Function<StackName, Records> records;

    StackEditor(
            StackName stack,
            Layout layout,
            Disk disk,
            InstantSource clock,
            Function<StackName, Lock> lock,
            Supplier<StackSession> open,
            Function<StackName, Records> records) {
        this.stack = stack;
        this.layout = layout;
        this.disk = disk;
        this.clock = clock;
        this.lock = lock;
        this.open = open;
        this.records = records;
    }

    /** Applies one of {@link StateEdit}; what an interrupted run left is taken in first. */
    public void edit(UnaryOperator<Snapshot> edit) {
        try (StackSession session = open.get()) {
            Snapshot before = session.ledger().snapshot(clock.instant(), StackSession.VERSION);
            Snapshot after = edit.apply(before);
            refuseUntrusted(after, false);
            if (!after.equals(before)) {
                session.replace(after);
            }
        }
    }

    /**
     * Takes a deployment, as {@link StateStore#export} gives it, in the place of the record, whatever that is. Pending operations are left out.
     *
     * @param force also one that breaks the rules, or tells of another stack
     * @return what a person should be warned of
     */
    @SuppressWarnings("try") // a lock is held, not used
    public List<String> take(String document, StackSecrets secrets, boolean force) {
        try (Lock held = lock.apply(stack)) {
            Snapshot given =
                    SnapshotJson.read(document.getBytes(StandardCharsets.UTF_8), "The deployment to import", secrets);
            List<String> warnings = new ArrayList<>(refuseUntrusted(given, force));
            warnings.addAll(refuseStrangers(given, force));
            given.pending()
                    .forEach(operation -> warnings.add("removing pending operation '"
                            + operation.kind().name().toLowerCase(java.util.Locale.ROOT) + "' on '"
                            + operation.resource().urn() + "' from the record"));
            var young = new Snapshot(
                    clock.instant(), StackSession.VERSION, given.secretsState(), given.resources(), List.of());
            records.apply(stack).overwrite(young);
            records.apply(stack).writeBackup(clock.instant());
            return warnings;
        }
    }

    /** What a repair would change; nothing is written. */
    public Repair planRepair() {
        return Repair.of(untrusted());
    }

    /** Repairs the record, and says what was changed. */
    @SuppressWarnings("try") // a lock is held, not used
    public Repair repair() {
        try (Lock held = lock.apply(stack)) {
            Repair repair = Repair.of(untrusted());
            if (!repair.changes().isEmpty()) {
                records.apply(stack).overwrite(repair.result());
                records.apply(stack).writeBackup(clock.instant());
            }
            return repair;
        }
    }

    private Snapshot untrusted() {
        return records.apply(stack)
                .unchecked()
                .load()
                .map(Records.Loaded::snapshot)
                .orElseThrow(() -> new StateException("The stack " + stack + " has no record."));
    }

    /**
     * Renames the stack, and with it every resource. Can be called again after it died in between.
     *
     * @throws StateException when there is another stack of the new name
     */
    @SuppressWarnings("try") // a lock is held, not used
    public void rename(StackName young) {
        try (StackSession session = open.get();
                Lock held = lock.apply(young)) {
            Snapshot renamed = renaming(session.ledger().snapshot(clock.instant(), StackSession.VERSION), young);
            refuseTaken(young, renamed);
            records.apply(young).overwrite(renamed);
            moveHistory(young);
            Map<String, String> tags = new StackTags(layout.tags(stack), disk).read();
            if (!tags.isEmpty()) {
                new StackTags(layout.tags(young), disk).write(tags);
            }
            Files.deleteIfExists(layout.tags(stack));
            Files.deleteIfExists(layout.previous(stack));
            Files.deleteIfExists(layout.checkpoint(stack));
        } catch (IOException e) {
            throw new StateException("The stack " + stack + " can't be renamed: " + e.getMessage(), e);
        }
    }

    private void refuseTaken(StackName young, Snapshot renamed) {
        records.apply(young).load().ifPresent(there -> {
            if (!there.snapshot().resources().equals(renamed.resources())) {
                throw new StateException("There is a stack " + young + " already.");
            }
        });
    }

    private Snapshot renaming(Snapshot snapshot, StackName young) {
        Map<Urn, Urn> names = new HashMap<>();
        String before = "urn:pulumi:" + stack.stack() + "::";
        snapshot.resources().forEach(state -> {
            String text = state.urn().text();
            if (text.startsWith(before)) {
                Urn moved = new Urn("urn:pulumi:" + young.stack() + "::" + text.substring(before.length()));
                String own = stack.project() + "-" + stack.stack();
                names.put(
                        state.urn(),
                        state.type().equals(Urn.STACK_TYPE) && moved.name().equals(own)
                                ? Urn.of(
                                        young.stack(),
                                        moved.project(),
                                        "",
                                        Urn.STACK_TYPE,
                                        stack.project() + "-" + young.stack())
                                : moved);
            }
        });
        snapshot.pending()
                .forEach(operation -> names.computeIfAbsent(
                        operation.resource().urn(),
                        urn -> new Urn(urn.text().replace(before, "urn:pulumi:" + young.stack() + "::"))));
        return new Renaming(names).rename(snapshot);
    }

    private void moveHistory(StackName young) throws IOException {
        if (!Files.isDirectory(layout.history(stack))) {
            return;
        }
        Files.createDirectories(layout.history(young));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.history(stack))) {
            for (Path file : files) {
                Files.move(file, layout.history(young).resolve(young.stack() + "-" + History.stamp(file)));
            }
        }
        Files.delete(layout.history(stack));
    }

    private static List<String> refuseUntrusted(Snapshot snapshot, boolean force) {
        List<String> problems = Integrity.problems(snapshot.resources());
        if (!problems.isEmpty() && !force) {
            throw new StateException("The record would break the rules of a record that can be trusted, so nothing was"
                    + " changed:\n  " + String.join("\n  ", problems));
        }
        return problems;
    }

    private List<String> refuseStrangers(Snapshot snapshot, boolean force) {
        List<String> strangers = snapshot.resources().stream()
                .filter(state -> !state.urn().stack().equals(stack.stack()))
                .map(state -> "resource '" + state.urn() + "' is from a different stack ("
                        + state.urn().stack() + " != " + stack.stack() + ")")
                .toList();
        if (!strangers.isEmpty() && !force) {
            throw new StateException("The deployment is not one of the stack " + stack + ", so nothing was changed:\n  "
                    + String.join("\n  ", strangers) + "\n--force imports it all the same.");
        }
        return strangers;
    }
}
