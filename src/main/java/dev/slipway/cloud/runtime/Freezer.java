package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Takes processor time from all processes of one instance and gives it back. Calls come one after the other. */
interface Freezer {
    /** Returns at once. */
    void freeze();

    /** Completes, never exceptionally, when the processes run again. */
    CompletableFuture<Void> thaw();

    /** By a control group: nothing inside notices it, and the kernel still ends a frozen process that is killed. */
    static Freezer byGroup(Path file) {
        return new Freezer() {
            @Override
            public void freeze() {
                write("1");
            }

            @Override
            public CompletableFuture<Void> thaw() {
                write("0");
                return CompletableFuture.completedFuture(null);
            }

            private void write(String value) {
                try {
                    CgroupTree.write(file, value);
                } catch (IOException e) {
                    // The group went with the instance.
                }
            }
        };
    }

    /**
     * By SIGSTOP and SIGCONT, where there are no control groups. The first process is stopped before the others and can't make more meanwhile; the
     * others are stopped by one call, which misses none.
     *
     * @param pid of the instance's first process, as this machine sees it
     * @param ownUsers whether the instance has a user namespace, which must be entered first
     * @param executor runs one task at a time, in order
     */
    static Freezer bySignals(Launcher launcher, long pid, boolean ownUsers, Executor executor) {
        return new Freezer() {
            @Override
            public void freeze() {
                executor.execute(() -> send(Linux.SIGSTOP));
            }

            @Override
            public CompletableFuture<Void> thaw() {
                return CompletableFuture.runAsync(() -> send(Linux.SIGCONT), executor);
            }

            private void send(int signal) {
                try {
                    launcher.run(SignalProgram.toAll(pid, ownUsers, signal));
                } catch (IOException e) {
                    // The instance has ended.
                }
            }
        };
    }
}
