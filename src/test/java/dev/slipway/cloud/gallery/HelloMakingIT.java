package dev.slipway.cloud.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tools of the running JDK make the image, and are stopped while they do. */
final class HelloMakingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final List<String> shelf = new ArrayList<>();

    @BeforeAll
    static void requireLinux() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"), "the image is made of this machine's Linux libraries");
    }

    @Test
    void stopsItsProcessesLeavesNothingHalfMadeAndIsMadeTheNextTime() throws Exception {
        var stopped = new HelloMaking(directory, (version, image) -> shelf.add(version));
        CompletableFuture<Boolean> making = stopped.start();
        Awaitility.await().atMost(PATIENCE).until(() -> !tools().isEmpty());
        List<ProcessHandle> running = tools();

        stopped.close();

        assertThat(running).noneMatch(ProcessHandle::isAlive);
        assertThat(tools()).isEmpty();
        assertThat(making).isCompletedExceptionally();
        assertThat(shelf).isEmpty();
        assertThat(names(directory)).containsExactlyInAnyOrder("lock", "blobs");
        assertThat(names(directory.resolve("blobs"))).isEmpty();

        try (var next = new HelloMaking(directory, (version, image) -> shelf.add(version))) {
            assertThat(next.start().get()).isTrue();
        }
        assertThat(shelf).containsExactly("1", "2");
    }

    @Test
    void removesWhatAKilledOneLeft() throws Exception {
        Path blobs = Files.createDirectories(directory.resolve("blobs"));
        Files.writeString(blobs.resolve("new123"), "half a layer");
        Files.writeString(
                Files.createDirectories(directory.resolve("staging1/java/lib")).resolve("modules"), "half");

        HelloImage.build(directory, "1");

        assertThat(names(directory)).noneMatch(name -> name.startsWith("staging"));
        assertThat(names(blobs)).hasSize(3).allMatch(name -> name.matches("[0-9a-f]{64}"));
    }

    @Test
    void oneThatWasNeverStartedHasNothingToWaitFor() {
        var making = new HelloMaking(directory, (version, image) -> shelf.add(version));

        making.close();

        assertThat(shelf).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    /** What runs for this directory. */
    private List<ProcessHandle> tools() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .toList();
    }

    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
