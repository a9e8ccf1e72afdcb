package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Marks removed files with the device that overlay knows, by the launcher, since Java can't make devices. */
final class LaunchedWhiteouts implements LayerStore.WhiteoutMaker {
    private final Launcher launcher;
    private final boolean needed;

    LaunchedWhiteouts(Launcher launcher, boolean needed) {
        this.launcher = launcher;
        this.needed = needed;
    }

    @Override
    public void make(Path directory, List<String> paths) throws IOException {
        LaunchProgram program = null;
        for (String path : needed ? paths : List.<String>of()) {
            if (program == null) {
                program = new LaunchProgram();
                program.must("enter " + directory, Linux.CHDIR, program.text(directory.toString()));
            }
            program.must("mark `" + path + "` as removed", Linux.MKNOD, program.text(path), Linux.S_IFCHR, 0);
            if (program.stepsLeft() == 1) {
                finish(program);
                program = null;
            }
        }
        if (program != null) {
            finish(program);
        }
    }

    private void finish(LaunchProgram program) throws IOException {
        program.attempt(Linux.EXIT_GROUP, 0);
        launcher.run(program);
    }
}
