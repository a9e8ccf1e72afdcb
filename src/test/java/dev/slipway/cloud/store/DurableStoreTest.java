package dev.slipway.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableStoreTest extends StoreContract {
    @TempDir
    Path temp;

    @Override
    Store open() throws IOException {
        return Store.open(directory());
    }

    private Path directory() {
        return temp.resolve("a/b");
    }

    private Path journal() {
        return directory().resolve("journal.jsonl");
    }

    private void reopen() throws IOException {
        store.close();
        start();
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws IOException {
        things.put("a", Thing.named("a"));
        things.put("b", Thing.named("b"));
        things.update("a", Thing::counted);
        things.remove("b");
        things.put("c", Thing.named("c"));
        things.removeIf(thing -> thing.equals(Thing.named("c")));
        reopen();

        assertThat(things.values()).containsExactly(Thing.named("a").counted());
        reopen();
        assertThat(things.values()).containsExactly(Thing.named("a").counted());
    }

    @Test
    void aTableThatNobodyAskedForSurvivesToo() throws IOException {
        things.put("a", Thing.named("a"));
        store.close();
        Store.open(directory()).close();
        start();

        assertThat(things.get("a")).isPresent();
    }

    @Test
    void aCrashAtAnyByteLosesOnlyWhatWasNotConfirmed() throws IOException {
        record Confirmed(long size, List<Thing> content) {}
        List<Confirmed> history = new ArrayList<>();
        history.add(new Confirmed(Files.size(journal()), List.copyOf(things.values())));
        for (int i = 0; i < 6; i++) {
            things.put("k" + i % 3, Thing.named("grüße " + i));
            history.add(new Confirmed(Files.size(journal()), List.copyOf(things.values())));
        }
        things.remove("k1");
        history.add(new Confirmed(Files.size(journal()), List.copyOf(things.values())));
        byte[] whole = Files.readAllBytes(journal());
        store.close();

        for (int size = (int) history.get(0).size(); size <= whole.length; size++) {
            Path copy = Files.createDirectory(temp.resolve("cut" + size));
            Files.write(copy.resolve("journal.jsonl"), Arrays.copyOf(whole, size));
            int cut = size;
            List<Thing> expected = history.stream()
                    .filter(confirmed -> confirmed.size() <= cut)
                    .reduce((one, later) -> later)
                    .orElseThrow()
                    .content();
            // Every byte for what is read; the whole way, with its syncs, only where a write ends.
            DocumentStore read = new DocumentStore(Journal.NONE);
            JournalReader.read(copy.resolve("journal.jsonl")).changes().forEach(read::replay);
            assertThat(read.table("things", Thing.class).values())
                    .as("cut at byte " + size)
                    .containsExactlyElementsOf(expected);
            if (history.stream().anyMatch(confirmed -> Math.abs(confirmed.size() - cut) <= 1)) {
                assertThatMoreCanBeWritten(copy, expected.size());
            }
        }
        start();
    }

    private static void assertThatMoreCanBeWritten(Path copy, int there) throws IOException {
        try (Store after = Store.open(copy)) {
            after.table("things", Thing.class).put("new", Thing.named("new"));
        }
        try (Store again = Store.open(copy)) {
            assertThat(again.table("things", Thing.class).values()).hasSize(there + 1);
        }
    }

    @Test
    void aTornBlockAtTheEndIsDropped() throws IOException {
        things.put("a", Thing.named("a"));
        store.close();
        Files.write(
                journal(),
                "\0\0\0\0{\"t\":\n".getBytes(StandardCharsets.UTF_8),
                java.nio.file.StandardOpenOption.APPEND);
        start();

        assertThat(things.values()).hasSize(1);
    }

    @Test
    void aCrashWhileWritingAnewLeavesTheOldFile() throws IOException {
        things.put("a", Thing.named("a"));
        store.close();
        Files.writeString(directory().resolve("journal.jsonl.new"), "{\"slipway-store\":1}\n{\"t\":\"th");
        start();

        assertThat(things.values()).hasSize(1);
        assertThat(directory().resolve("journal.jsonl.new")).doesNotExist();
    }

    @Test
    void damageInTheMiddleIsRefusedAndNamed() throws IOException {
        things.put("a", Thing.named("a"));
        things.put("b", Thing.named("b"));
        store.close();
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), List.of(lines.get(0), "{broken", lines.get(2)));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("journal.jsonl is damaged in line 2");
        Files.write(journal(), lines);
        start();
        assertThat(things.values()).hasSize(2);
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        store.close();
        Files.writeString(journal(), "{\"slipway-store\":2}\n");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("format 2");
        Files.delete(journal());
        start();
    }

    @Test
    void aSecondStoreInThisProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        long pid = ProcessHandle.current().pid();

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by this process, " + pid);
        assertThat(otherProcess()).contains("is in use by the process " + pid);
    }

    @Test
    void anotherProcessIsRefusedWhileThisOneLives() throws Exception {
        assertThat(otherProcess())
                .contains("is in use by the process " + ProcessHandle.current().pid())
                .contains("Stop that process");
        store.close();
        assertThat(otherProcess()).contains("opened");
        start();
    }

    /** What another JVM says that opens the directory. */
    private String otherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(
                                DurableStoreTest.class,
                                Store.class,
                                ObjectMapper.class,
                                JsonFactory.class,
                                JsonInclude.class),
                        Opener.class.getName(),
                        directory().toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where these classes are: the class path of this JVM may be a launcher's. */
    private static String classPath(Class<?>... types) {
        return Stream.of(types)
                .map(type -> Path.of(java.net.URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static final class Opener {
        private Opener() {}

        public static void main(String[] args) {
            try (Store opened = Store.open(Path.of(args[0]))) {
                System.out.println(
                        "opened " + opened.table("things", Thing.class).values().size());
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void onlyThisUserCanReadTheFiles() throws IOException {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        things.put("a", Thing.named("a"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        try (var files = Files.list(directory())) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void theFileIsWrittenAnewWhenItHasGrownTooFar() throws IOException {
        Thing large = new Thing(
                "x".repeat(200_000),
                0,
                Kind.LARGE,
                java.time.Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                java.util.Map.of());
        for (int i = 0; i < 100; i++) {
            large = large.counted();
            things.put("k", large);
            things.put("small" + i % 5, Thing.named(Integer.toString(i)));
        }

        assertThat(Files.size(journal())).isLessThan(10_000_000L);
        reopen();
        assertThat(things.get("k")).contains(large);
        assertThat(things.values())
                .extracting(Thing::name)
                .contains("95", "96", "97", "98", "99")
                .hasSize(6);
    }

    @Test
    void anInterruptDoesNotBreakTheStore() throws IOException {
        Thread.currentThread().interrupt();
        things.put("a", Thing.named("a"));
        assertThat(Thread.interrupted()).isTrue();
        things.put("b", Thing.named("b"));
        reopen();

        assertThat(things.values()).hasSize(2);
    }

    @Test
    void aClosedStoreTakesNoChange() throws IOException {
        store.close();
        store.close();

        assertThatThrownBy(() -> things.put("a", Thing.named("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        start();
    }

    record Smaller(String name) {}

    record Larger(String name, Optional<String> added, int number) {}

    /** A disk that can be full. */
    private static final class Disk {
        boolean full;

        FileOutputStream make(Path path) throws IOException {
            return new FileOutputStream(path.toFile()) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    // A full disk takes a part.
                    super.write(bytes, from, full ? count / 2 : count);
                    if (full) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void write(byte[] bytes) throws IOException {
                    write(bytes, 0, bytes.length);
                }
            };
        }
    }

    @Test
    void aFullDiskIsToldAndLosesNothingAndEndsByItself() throws IOException {
        Path path = temp.resolve("disk");
        var disk = new Disk();
        try (Store some = DurableJournal.open(path, disk::make)) {
            Table<Thing> table = some.table("things", Thing.class);
            table.put("a", Thing.named("a"));
            disk.full = true;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> table.put("b", Thing.named("b")))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("until that is possible again");
            }
            assertThat(table.get("a")).contains(Thing.named("a"));
            assertThat(copyOf(path).table("things", Thing.class).values()).containsExactly(Thing.named("a"));
            disk.full = false;
            table.put("c", Thing.named("c"));
        }
        try (Store again = Store.open(path)) {
            assertThat(again.table("things", Thing.class).get("a")).contains(Thing.named("a"));
            assertThat(again.table("things", Thing.class).get("c")).contains(Thing.named("c"));
        }
    }

    /** What a process would find that starts after this one was killed now. */
    private Store copyOf(Path path) throws IOException {
        Path copy = Files.createTempDirectory(temp, "copy");
        Files.copy(path.resolve("journal.jsonl"), copy.resolve("journal.jsonl"));
        return Store.open(copy);
    }

    record Unlike(Instant name) {}

    @Test
    void documentsThatCannotBeReadAreToldWithWhatToDo() throws IOException {
        things.put("a", Thing.named("a"));
        store.close();
        try (Store other = Store.open(directory())) {
            assertThatThrownBy(() -> other.table("things", Unlike.class))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another build")
                    .hasMessageContaining("'a' of the table 'things'")
                    .hasMessageContaining("slipway local reset");
        }
        start();
        assertThat(things.get("a")).contains(Thing.named("a"));
    }

    @Test
    void documentsOfOtherVersionsAreRead() throws IOException {
        things.put("a", Thing.named("a"));
        store.close();
        try (Store other = Store.open(directory())) {
            assertThat(other.table("things", Smaller.class).get("a")).contains(new Smaller("a"));
        }
        try (Store other = Store.open(directory())) {
            assertThat(other.table("things", Larger.class).get("a")).contains(new Larger("a", Optional.empty(), 0));
        }
        start();
        assertThat(things.get("a"))
                .as("reading as another type changes nothing")
                .contains(Thing.named("a"));
    }
}
