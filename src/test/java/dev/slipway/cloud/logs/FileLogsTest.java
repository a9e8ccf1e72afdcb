package dev.slipway.cloud.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLogsTest extends LogsContract {
    @TempDir
    Path temp;

    private final AtomicLong clock = new AtomicLong(START.toEpochMilli());

    @Override
    Logs open(long mostBytes) throws IOException {
        return Logs.on(
                new FileShelf(temp.resolve("logs"), mostBytes), () -> Instant.ofEpochMilli(clock.incrementAndGet()));
    }

    private List<String> messages(String stream) {
        return logs.group(ACCOUNT, REGION, GROUP).orElseThrow().stream(stream).orElseThrow().events().read().stream()
                .map(LogEvent::message)
                .toList();
    }

    private void restart(long mostBytes) throws IOException {
        stop();
        start(open(mostBytes));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("logs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aRestartForgetsNothingAndCountsOn() throws IOException {
        write("instance/a", 1, "one");
        long created = logs.group(ACCOUNT, REGION, GROUP).orElseThrow().created();
        restart(1 << 20);
        write("instance/a", 2, "two");
        restart(1 << 20);

        assertThat(messages("instance/a")).containsExactly("one", "two");
        assertThat(logs.group(ACCOUNT, REGION, GROUP).orElseThrow().created()).isEqualTo(created);
        assertThat(logs.group(ACCOUNT, REGION, GROUP).orElseThrow().stream("instance/a")
                        .orElseThrow()
                        .events()
                        .read())
                .extracting(LogEvent::number)
                .containsExactly(1L, 2L);
    }

    @Test
    void aRestartBetweenTwoFilesForgetsNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            write("s", i, "message " + i);
        }
        restart(2000);
        for (int i = 100; i < 120; i++) {
            write("s", i, "message " + i);
        }
        List<String> kept = messages("s");
        for (Path file : files()) {
            if (file.toString().endsWith(".jsonl")) {
                Files.delete(file);
            }
        }
        restart(2000);

        assertThat(kept).contains("message 119");
        assertThat(messages("s")).isNotEmpty().isSubsetOf(kept);
        write("s", 200, "after");
        assertThat(messages("s")).endsWith("after");
    }

    @Test
    void halfALineOfACrashHurtsNobody() throws IOException {
        write("s", 1, "one");
        stop();
        for (Path file : files()) {
            if (file.toString().endsWith(".jsonl")) {
                Files.writeString(file, "{\"n\":2,\"t\":17", StandardOpenOption.APPEND);
            }
        }
        start(open(1 << 20));
        write("s", 2, "two");

        assertThat(messages("s")).containsExactly("one", "two");
    }

    @Test
    void namesThatAreNoFileNamesStayApart() throws IOException {
        List<String> names =
                List.of("..", ".", "a/b", "a%2Fb", "a_b", "A_B", "x".repeat(512), "x".repeat(511) + "y", "日本");
        names.forEach(name -> write(name, 1, name));
        restart(1 << 20);

        names.forEach(name -> assertThat(messages(name)).containsExactly(name));
    }

    @Test
    void deletingAGroupDeletesItsFiles() throws IOException {
        write("s", 1, "x");
        logs.delete(ACCOUNT, REGION, GROUP);

        assertThat(files()).isEmpty();
    }

    @Test
    void manyStreamsNeedFewFileHandles() throws IOException {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                write("s" + i, round, "r" + round);
            }
        }
        for (int i = 0; i < 200; i++) {
            assertThat(messages("s" + i)).containsExactly("r0", "r1", "r2");
        }
        Path handles = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(handles), "this system does not show file handles");
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(handles)) {
            for (Path handle : all.toList()) {
                open.add(target(handle));
            }
        }
        assertThat(open).filteredOn(file -> file.startsWith(temp)).hasSizeBetween(1, 64);
    }

    private static Path target(Path handle) {
        try {
            return Files.readSymbolicLink(handle);
        } catch (IOException closedMeanwhile) {
            return handle;
        }
    }

    @Test
    void onlyThisUserCanReadTheFiles() throws IOException {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        write("s", 1, "x");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("logs"))))
                .isEqualTo("rwx------");
        assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
    }

    @Test
    void aDiskThatTakesNothingDoesNotStopTheWriter() throws IOException {
        write("s", 1, "one");
        logs.close();
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(temp.resolve("logs")
                .resolve(Files.list(temp.resolve("logs")).findFirst().orElseThrow()));
        write("s", 2, "two");
        write("new", 3, "three");

        assertThat(messages("new")).containsExactly("three");
    }

    @Test
    void settingsOfAGroupOutliveTheProcess() throws IOException {
        client.createLogGroup(request -> request.logGroupName("/mine").tags(Map.of("team", "red")));
        client.putRetentionPolicy(request -> request.logGroupName("/mine").retentionInDays(7));
        restart(1 << 20);
        LogGroup.Settings settings =
                logs.group(ACCOUNT, REGION, "/mine").orElseThrow().settingsNow();
        assertThat(settings.retentionDays()).isEqualTo(7);
        assertThat(settings.tags()).containsExactly(Map.entry("team", "red"));
    }
}
