package dev.slipway.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.state.PendingOperation.Kind;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateStoreTest {
    private static final StackName STACK = StackName.of("proj", "dev");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UpdateRecord UPDATE = new UpdateRecord(
            "update", NOW, NOW.plusSeconds(5), Circumstances.of("why"), "succeeded", Map.of("create", 1));

    @TempDir
    Path directory;

    private StateStore store;

    @BeforeEach
    void open() {
        store = new StateStore(directory, () -> NOW, new Random(7));
    }

    private static StackSecrets secrets() {
        return new StackSecrets(Optional.empty(), Optional::empty, new Random(1));
    }

    private static ResourceState resource(String name) {
        return new ResourceState(
                Urn.of("dev", "proj", "", "t:i:T", name),
                true,
                "id-" + name,
                PropertyMap.of("x", PropertyValue.of(1)),
                PropertyMap.EMPTY,
                Links.NONE,
                Marks.NONE,
                List.of(),
                Options.NONE,
                Times.UNKNOWN);
    }

    private Path file(String name) {
        return directory.resolve(".pulumi").resolve(name);
    }

    private void update(String name) {
        try (StackSession session = store.open(STACK, secrets())) {
            session.ledger().record(Change.NONE.put(resource(name)));
            session.finish(UPDATE);
        }
    }

    @Test
    void keepsPulumisLayout() throws IOException {
        try (StackSession session = store.open(STACK, secrets())) {
            assertThat(file("locks/organization/proj/dev")).isNotEmptyDirectory();
            session.ledger().record(Change.NONE.put(resource("a")));
            session.finish(UPDATE);
        }
        assertThat(file("meta.yaml")).hasContent("version: 1");
        assertThat(Files.readString(file("stacks/proj/dev.json")))
                .startsWith(
                        "{\"version\":3,\"checkpoint\":{\"stack\":\"organization/proj/dev\",\"latest\":{\"manifest\":")
                .contains(
                        "{\"urn\":\"urn:pulumi:dev::proj::t:i:T::a\",\"custom\":true,\"id\":\"id-a\",\"type\":\"t:i:T\","
                                + "\"inputs\":{\"x\":1}}");
        assertThat(file("stacks/proj/dev.journal")).doesNotExist();
        assertThat(file("locks/organization/proj/dev")).isEmptyDirectory();
        assertThat(file("history/proj/dev/dev-1767225605000000000.history.json"))
                .content()
                .contains("\"result\":\"succeeded\"", "\"resourceChanges\":{\"create\":1}");
        assertThat(file("backups/proj/dev/dev.1767225605000000000.json")).exists();
        assertThat(store.list()).containsExactly(STACK);
    }

    @Test
    void keepsThePreviousRecordBesideTheNewOne() throws IOException {
        store.create(STACK, secrets());
        String before = Files.readString(file("stacks/proj/dev.json"));
        update("a");
        assertThat(file("stacks/proj/dev.json.bak")).hasContent(before);
    }

    @Test
    void takesInWhatAnInterruptedRunLeft() {
        try (StackSession session = store.open(STACK, secrets())) {
            long first = session.ledger().begin(Kind.CREATING, resource("a"));
            session.ledger().end(first, Change.NONE.put(resource("a")));
            session.ledger().begin(Kind.CREATING, resource("b"));
        }
        Snapshot seen = store.load(STACK, secrets()).orElseThrow();
        assertThat(seen.resources()).containsExactly(resource("a"));
        assertThat(seen.pending()).containsExactly(new PendingOperation(resource("b"), Kind.CREATING));
        try (StackSession session = store.open(STACK, secrets())) {
            assertThat(session.notes()).containsExactly("Took in what an interrupted run had recorded.");
        }
        assertThat(file("stacks/proj/dev.journal")).doesNotExist();
        assertThat(store.load(STACK, secrets()).orElseThrow().pending()).hasSize(1);
    }

    @Test
    void aTornLastLineOfTheJournalNeverHappened() throws IOException {
        try (StackSession session = store.open(STACK, secrets())) {
            session.ledger().record(Change.NONE.put(resource("a")));
        }
        Files.writeString(file("stacks/proj/dev.journal"), "{\"put\":{\"urn\":\"urn:pu", StandardOpenOption.APPEND);
        try (StackSession session = store.open(STACK, secrets())) {
            assertThat(session.ledger().entries()).hasSize(1);
        }
    }

    @Test
    void refusesAJournalThatBelongsToAnotherRecord() throws IOException {
        store.create(STACK, secrets());
        try (StackSession session = store.open(STACK, secrets())) {
            session.ledger().record(Change.NONE.put(resource("a")));
        }
        Path checkpoint = file("stacks/proj/dev.json");
        Files.writeString(checkpoint, Files.readString(checkpoint) + "\n");
        assertThatThrownBy(() -> store.load(STACK, secrets()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("changed by another engine");
    }

    @Test
    void refusesARecordThatWasCutShortAndNamesTheNewestGoodCopy() throws IOException {
        store.create(STACK, secrets());
        update("a");
        Path checkpoint = file("stacks/proj/dev.json");
        String whole = Files.readString(checkpoint);
        Files.writeString(checkpoint, whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> store.open(STACK, secrets()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("is not whole JSON")
                .hasMessageContaining("newest good copy is");
        assertThat(file("locks/organization/proj/dev")).isEmptyDirectory();
    }

    @Test
    void refusesARecordThatBreaksTheRules() throws IOException {
        Files.createDirectories(file("stacks/proj"));
        Files.writeString(file("stacks/proj/dev.json"), """
                {"version":3,"checkpoint":{"stack":"organization/proj/dev","latest":{
                 "manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":""},
                 "resources":[{"urn":"urn:pulumi:dev::proj::t:i:T::a","custom":true,"id":"1","type":"t:i:T",
                  "dependencies":["urn:pulumi:dev::proj::t:i:T::b"]}]}}}
                """);
        assertThatThrownBy(() -> store.load(STACK, secrets()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("can't be trusted")
                .hasMessageContaining("needs its dependency urn:pulumi:dev::proj::t:i:T::b");
    }

    @Test
    void refusesASecondHolderAndNamesTheFirst() {
        try (StackSession first = store.open(STACK, secrets())) {
            assertThat(first.notes()).isEmpty();
            assertThatThrownBy(() -> store.open(STACK, secrets()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining(
                            "is locked by process " + ProcessHandle.current().pid() + " of ");
        }
        store.open(STACK, secrets()).close();
    }

    @Test
    void takesOverTheLockOfAProcessThatIsGone() throws IOException {
        Process process = new ProcessBuilder("true").start();
        process.onExit().join();
        Path locks = file("locks/organization/proj/dev");
        try (StackSession session = store.open(STACK, secrets());
                var files = Files.list(locks)) {
            String own = Files.readString(files.findFirst().orElseThrow());
            Files.writeString(
                    locks.resolve("other.json"), own.replaceFirst("\"pid\":\\d+", "\"pid\":" + process.pid()));
            assertThat(session.notes()).isEmpty();
        }
        try (StackSession session = store.open(STACK, secrets())) {
            assertThat(session.notes()).singleElement().asString().contains("Took over the lock of process");
        }
    }

    @Test
    void breaksALockOnDemand() {
        StackSession held = store.open(STACK, secrets());
        assertThat(store.breakLock(STACK))
                .hasValueSatisfying(holder -> assertThat(holder).startsWith("process "));
        assertThat(store.breakLock(STACK)).isEmpty();
        held.close();
    }

    @Test
    void removesOnlyAnEmptyStackUnlessForced() {
        update("a");
        assertThatThrownBy(() -> store.remove(STACK, secrets(), false, false))
                .hasMessageContaining("still holds 1 resource");
        store.remove(STACK, secrets(), true, true);
        assertThat(store.exists(STACK)).isFalse();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotSupportInsteadOfLosingIt() throws IOException {
        Files.createDirectories(file("stacks/proj"));
        String record = """
                {"version":4,%s"checkpoint":{"stack":"organization/proj/dev","latest":{
                 "manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":""},
                 "resources":[{"urn":"urn:pulumi:dev::proj::t:i:T::a","custom":true,"id":"1","type":"t:i:T"%s}]}}}
                """;
        Path file = file("stacks/proj/dev.json");
        Files.writeString(file, record.formatted("\"features\":[\"taint\"],", ""));
        assertThatThrownBy(() -> store.load(STACK, secrets())).hasMessageContaining("not supported here: taint");
        Files.writeString(file, record.formatted("", ",\"taint\":true"));
        assertThatThrownBy(() -> store.load(STACK, secrets())).hasMessageContaining("uses `taint`");
        Files.writeString(file, record.formatted("", ",\"taint\":false"));
        assertThat(store.load(STACK, secrets())).isPresent();
    }

    @Test
    void writesNothingMoreAfterAWriteThatFailed() {
        var tight = new StateStore(directory, () -> NOW, new Random(7), new FullDisk(Disk.REAL, 1));
        try (StackSession session = tight.open(STACK, secrets())) {
            session.ledger().begin(Kind.CREATING, resource("a"));
            for (String name : List.of("b", "c")) {
                assertThatThrownBy(() -> session.ledger().begin(Kind.CREATING, resource(name)))
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("No space left on device");
            }
            assertThatThrownBy(() -> session.finish(UPDATE)).isInstanceOf(StateException.class);
        }
        assertThat(store.load(STACK, secrets()).orElseThrow().pending())
                .extracting(pending -> pending.resource().urn().name())
                .containsExactly("a");
    }
}
