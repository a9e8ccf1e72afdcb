package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.runtime.Instance.Exceeded;
import dev.slipway.cloud.runtime.Instance.ExitStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one instance may take of this machine, wherever namespaces run it. */
abstract class NamespaceLimitsContract extends NamespaceIsolationContract {
    private static final int O_CREAT = 0100;
    private static final int UNLINK = 87;

    /** Opens {@code /file0}, {@code /file1} and so on, puts a mebibyte into each again and again, and then stays. */
    private static LaunchProgram writer(int files, int mebibytes, boolean remove) {
        LaunchProgram program = new LaunchProgram();
        long buffer = program.room(1 << 20);
        program.attempt(Linux.CLOSE_RANGE, 3, 100, 0);
        for (int file = 0; file < files; file++) {
            long name = program.text("/file" + file);
            program.must("open", Linux.OPEN, name, Linux.O_WRONLY | O_CREAT, 0600);
            if (remove) {
                program.must("remove", UNLINK, name);
            }
            for (int i = 0; i < mebibytes; i++) {
                program.must("write", Linux.WRITE, 3 + file, buffer, 1 << 20);
            }
        }
        LaunchProgram.Label again = new LaunchProgram.Label();
        program.place(again);
        program.attempt(Linux.PAUSE);
        program.goTo(again);
        return program;
    }

    private ExitStatus writeOnASmallDisk(LaunchProgram writer) throws Exception {
        TestLayer.Image tiny = TinyProgram.image(writer);
        try (NamespaceRuntime small = open(temporary.resolve("small"), new DiskUse(80 << 20, 10_000))) {
            PreparedImage prepared = small.prepare(tiny.manifest(), tiny.config(), tiny);
            InstanceSpec spec = new InstanceSpec("writer", List.of(), Map.of(), 8080, 1024, 512, output::add);
            return end(small.start(prepared, spec).exit());
        }
    }

    @Test
    void endsWhatWritesMoreThanItsDiskHolds() throws Exception {
        assertThat(writeOnASmallDisk(writer(3, 40, false))).isEqualTo(new ExitStatus(137, Exceeded.DISK));
    }

    @Test
    void seesFilesThatWereRemovedButAreOpen() throws Exception {
        assertThat(writeOnASmallDisk(writer(3, 40, true))).isEqualTo(new ExitStatus(137, Exceeded.DISK));
    }

    @Test
    void noFileGrowsBeyondTheDisk() throws Exception {
        assertThat(writeOnASmallDisk(writer(1, 100, false))).isEqualTo(new ExitStatus(128 + 25, Exceeded.DISK));
    }

    /** Makes directories in one another until no path leads to the last. */
    private static LaunchProgram deep() {
        LaunchProgram program = new LaunchProgram();
        long name = program.text("d".repeat(200));
        for (int i = 0; i < 100; i++) {
            program.must("make", Linux.MKDIR, name, 0700);
            program.must("enter", Linux.CHDIR, name);
        }
        program.must("make", Linux.MKDIR, name, 0);
        return program;
    }

    @Test
    void directoriesThatAreTooDeepForAnyPathAreRemovedToo() throws Exception {
        LaunchProgram program = deep();
        program.attempt(Linux.EXIT_GROUP, 7);
        assertThat(end(startTiny(program, "deep").exit()).code()).isEqualTo(7);
        assertThat(temporary.resolve("data/run")).isEmptyDirectory();
    }

    @Test
    void nothingIsHiddenInDirectoriesThatAreTooDeep() throws Exception {
        LaunchProgram program = deep();
        long buffer = program.room(1 << 20);
        LaunchProgram.Label again = new LaunchProgram.Label();
        program.attempt(Linux.CLOSE_RANGE, 3, 100, 0);
        program.must("open", Linux.OPEN, program.text("file"), Linux.O_WRONLY | O_CREAT, 0600);
        for (int i = 0; i < 40; i++) {
            program.must("write", Linux.WRITE, 3, buffer, 1 << 20);
        }
        program.place(again);
        program.attempt(Linux.PAUSE);
        program.goTo(again);
        assertThat(writeOnASmallDisk(program)).isEqualTo(new ExitStatus(137, Exceeded.DISK));
    }
}
