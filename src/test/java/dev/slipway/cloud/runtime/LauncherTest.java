package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    @TempDir
    private Path temporary;

    @Test
    void isWhatItsSourceSays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/as")), "no assembler (binutils) on this machine");
        Path source = temporary.resolve("launcher.s");
        try (InputStream text = Launcher.class.getResourceAsStream("launcher.s")) {
            Files.copy(text, source);
        }
        run("as", "-o", "launcher.o", "launcher.s");
        run("objcopy", "-O", "binary", "-j", ".text", "launcher.o", "launcher.bin");
        assertThat(Files.readAllBytes(temporary.resolve("launcher.bin"))).isEqualTo(Launcher.code());
    }

    @Test
    void makesCallsInOrderAndEndsAsAskedFor() throws Exception {
        assumeLinux();
        try (Launcher launcher = new Launcher(temporary)) {
            LaunchProgram program = new LaunchProgram();
            long text = program.text("hello");
            program.must("write", Linux.WRITE, 1, text, 5);
            program.attempt(Linux.EXIT_GROUP, 7);
            Process process = launcher.start(program);
            assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            assertThat(process.waitFor()).isEqualTo(7);
        }
    }

    @Test
    void endsAProcessThatGetsNoProgram() throws Exception {
        assumeLinux();
        try (Launcher launcher = new Launcher(temporary)) {
            Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
            Launcher.Spawned spawned = launcher.spawn();
            Optional<ProcessHandle> waiting = Optional.empty();
            while (waiting.isEmpty()) {
                waiting = ProcessHandle.current()
                        .children()
                        .filter(each -> !before.contains(each))
                        .filter(each -> each.info().command().orElse("").endsWith("/launcher"))
                        .findFirst();
            }
            spawned.close();
            waiting.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void tellsWhichStepFailedAndWhy() throws Exception {
        assumeLinux();
        try (Launcher launcher = new Launcher(temporary)) {
            LaunchProgram program = new LaunchProgram();
            program.attempt(Linux.CHDIR, program.text("/nowhere"));
            program.must("enter /nowhere", Linux.CHDIR, program.text("/nowhere"));
            assertThatThrownBy(() -> launcher.run(program))
                    .isInstanceOf(IOException.class)
                    .hasMessage("could not enter /nowhere: no such file or directory (ENOENT)");
        }
    }

    @Test
    void passesOnHowAProcessEnded() throws Exception {
        assumeLinux();
        try (Launcher launcher = new Launcher(temporary)) {
            assertThat(endOfChild(launcher, Linux.SIGKILL)).isEqualTo(137);
            assertThat(endOfChild(launcher, 11)).isEqualTo(139);
            assertThat(endOfChild(launcher, 0)).isEqualTo(42);
        }
    }

    /** A child that is ended by a signal, or by itself with 42, and a parent that ends like it. */
    private static int endOfChild(Launcher launcher, int signal) throws Exception {
        LaunchProgram program = new LaunchProgram();
        LaunchProgram.Label child = new LaunchProgram.Label();
        LaunchProgram.Label wait = new LaunchProgram.Label();
        LaunchProgram.Label kill = new LaunchProgram.Label();
        long status = program.room(8);
        program.must("fork", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(child);
        program.storeAsArgumentOf(wait);
        program.storeAsArgumentOf(kill);
        program.place(kill);
        program.attempt(Linux.KILL, 0, signal);
        program.place(wait);
        program.must("wait", Linux.WAIT4, 0, status, 0, 0);
        program.endLike(status);
        program.place(child);
        if (signal != 0) {
            program.attempt(34); // pause
        }
        program.attempt(Linux.EXIT_GROUP, 42);
        return launcher.start(program).waitFor();
    }

    private static void assumeLinux() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the launcher is for Linux on x86-64");
    }

    private void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command)
                        .directory(temporary.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
