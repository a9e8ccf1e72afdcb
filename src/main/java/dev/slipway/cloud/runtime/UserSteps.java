package dev.slipway.cloud.runtime;

/** The part of a program that makes a user namespace, in which one user of this machine is root. */
final class UserSteps {
    private final LaunchProgram program;

    UserSteps(LaunchProgram program) {
        this.program = program;
    }

    void write(int uid, int gid) {
        program.must("make a user namespace", Linux.UNSHARE, Linux.CLONE_NEWUSER);
        writeFile("/proc/self/setgroups", "deny", false);
        writeFile("/proc/self/uid_map", "0 " + uid + " 1", true);
        writeFile("/proc/self/gid_map", "0 " + gid + " 1", true);
    }

    /** Descriptor 3 is free before and after. */
    void writeFile(String path, String value, boolean needed) {
        long name = program.text(path);
        long text = program.text(value);
        if (needed) {
            program.must("open " + path, Linux.OPEN, name, Linux.O_WRONLY | Linux.O_CLOEXEC);
            program.must("write `" + value + "` to " + path, Linux.WRITE, 3, text, value.length());
            program.attempt(Linux.CLOSE, 3);
        } else {
            LaunchProgram.Label without = new LaunchProgram.Label();
            program.otherwise(without, Linux.OPEN, name, Linux.O_WRONLY | Linux.O_CLOEXEC);
            program.attempt(Linux.WRITE, 3, text, value.length());
            program.attempt(Linux.CLOSE, 3);
            program.place(without);
        }
    }
}
