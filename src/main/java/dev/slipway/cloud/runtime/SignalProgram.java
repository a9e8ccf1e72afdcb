package dev.slipway.cloud.runtime;

/** Writes the programs that send signals, which Java can't but for two of them. */
final class SignalProgram {
    private SignalProgram() {}

    /** To one process. */
    static LaunchProgram toOne(long pid, int signal) {
        LaunchProgram program = new LaunchProgram();
        program.must("signal process " + pid, Linux.KILL, pid, signal);
        program.attempt(Linux.EXIT_GROUP, 0);
        return program;
    }

    /** To the first process of an instance, then to all others of its process namespace at once, which only a member of that can. */
    static LaunchProgram toAll(long pid, boolean ownUsers, int signal) {
        LaunchProgram program = new LaunchProgram();
        LaunchProgram.Label member = new LaunchProgram.Label();
        String namespaces = "/proc/" + pid + "/ns/";
        // Standard input and the report are open; so these are 3 and 4.
        program.must("open " + namespaces + "pid", Linux.OPEN, program.text(namespaces + "pid"), Linux.O_CLOEXEC);
        if (ownUsers) {
            program.must("open " + namespaces + "user", Linux.OPEN, program.text(namespaces + "user"), Linux.O_CLOEXEC);
            program.must("enter the instance's users", Linux.SETNS, 4, Linux.CLONE_NEWUSER);
        }
        program.must("enter the instance's processes", Linux.SETNS, 3, Linux.CLONE_NEWPID);
        program.must("signal process " + pid, Linux.KILL, pid, signal);
        program.must("make a process", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(member);
        program.attempt(Linux.WAIT4, -1, 0, 0, 0);
        program.attempt(Linux.EXIT_GROUP, 0);
        program.place(member);
        program.attempt(Linux.KILL, -1, signal);
        program.attempt(Linux.EXIT_GROUP, 0);
        return program;
    }
}
