package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the program that starts one instance. Four processes come of it: the *keeper*, which this JVM started, makes the network, waits for the
 * instance and ends as it ended; the *door*, which answers each connection on a unix socket with a TCP socket connected to the application from
 * inside the instance's network; the *first* of the instance, which makes its file system, gives up its rights and then waits for the orphans; and
 * the application. All die with this JVM: the kernel ends a child whose parent dies after the
 * child has asked for it, and that the parent had not died before is proved by a byte into a pipe of which only the parent has the other end.
 */
final class InstanceProgram {
    private static final int DOOR = 11;
    private static final int TO_KEEPER = 12;
    private static final int FROM_INSTANCE = 13;
    private static final int CONNECTIONS = 14;
    private static final int NAMES = 15;
    private static final int FIRST_GROUP = 16;

    private final LaunchProgram program = new LaunchProgram();
    private final NetworkSteps network = new NetworkSteps(program);
    private final InstancePlan plan;

    private InstanceProgram(InstancePlan plan) {
        this.plan = plan;
    }

    static LaunchProgram write(InstancePlan plan) {
        return new InstanceProgram(plan).write();
    }

    private LaunchProgram write() {
        LaunchProgram.Label door = new LaunchProgram.Label();
        LaunchProgram.Label instance = new LaunchProgram.Label();
        keeper(door, instance);
        program.place(door);
        door();
        program.place(instance);
        instance();
        return program;
    }

    private void keeper(LaunchProgram.Label door, LaunchProgram.Label instance) {
        program.attempt(Linux.CLOSE_RANGE, 3, LaunchProgram.REPORT - 1, 0);
        program.attempt(Linux.CLOSE_RANGE, DOOR, 0xffffffffL, 0);
        program.attempt(Linux.SETSID);
        program.must("use /dev/null", Linux.OPEN, program.text("/dev/null"), Linux.O_RDWR);
        program.attempt(Linux.DUP3, 3, 0, 0);
        program.attempt(Linux.CLOSE, 3);
        if (plan.ownUsers()) {
            new UserSteps(program).write(plan.hostUid(), plan.hostGid());
        }
        dieWithParent();
        network.write();
        new UserSteps(program).writeFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0", false);
        if (plan.surrounded()) {
            network.surroundings(CONNECTIONS, NAMES);
        }
        program.must("make a unix socket", Linux.SOCKET, Linux.AF_UNIX, Linux.SOCK_STREAM, 0);
        program.must("use a unix socket", Linux.DUP3, 3, DOOR, Linux.O_CLOEXEC);
        program.attempt(Linux.CLOSE, 3);
        ByteBuffer address = bytes(110).putShort((short) Linux.AF_UNIX);
        address.put(plan.door().toString().getBytes(StandardCharsets.UTF_8));
        program.must("bind " + plan.door(), Linux.BIND, DOOR, program.bytes(address.rewind()), 110);
        program.must("listen on " + plan.door(), Linux.LISTEN, DOOR, 512);

        // The door is there, or gone, before the instance is made, which would hold the pipe open.
        pipe();
        program.must("make a process", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(door);
        program.attempt(Linux.CLOSE, TO_KEEPER);
        program.attempt(Linux.READ, FROM_INSTANCE, program.room(8), 1);
        pipe();
        int own = Linux.CLONE_NEWPID | Linux.CLONE_NEWNS | Linux.CLONE_NEWUTS | Linux.CLONE_NEWIPC;
        program.must("make namespaces of processes and mounts", Linux.CLONE, own | Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(instance);

        long pid = program.room(8);
        long status = program.room(8);
        LaunchProgram.Label wait = new LaunchProgram.Label();
        program.store(pid);
        program.storeAsArgumentOf(wait);
        program.attempt(Linux.CLOSE, TO_KEEPER);
        program.attempt(Linux.WRITE, LaunchProgram.REPORT, pid, 8);
        closeAllBut();
        program.place(wait);
        program.attempt(Linux.WAIT4, 0, status, 0, 0);
        program.endLike(status);
    }

    /** Leaves both ends where no other step puts anything; the ends of one before are closed. */
    private void pipe() {
        program.must("make a pipe", Linux.PIPE2, program.room(8), 0);
        program.must("use a pipe", Linux.DUP3, 3, FROM_INSTANCE, 0);
        program.must("use a pipe", Linux.DUP3, 4, TO_KEEPER, Linux.O_CLOEXEC);
        program.attempt(Linux.CLOSE, 3);
        program.attempt(Linux.CLOSE, 4);
    }

    private void door() {
        program.attempt(Linux.CLOSE, FROM_INSTANCE);
        dieWithParent();
        proveThatTheParentLives();
        program.attempt(Linux.CLOSE, TO_KEEPER);
        closeAllBut(DOOR, CONNECTIONS, NAMES);
        if (plan.surrounded()) {
            hatch();
        }
        LaunchProgram.Label next = new LaunchProgram.Label();
        LaunchProgram.Label hangUp = new LaunchProgram.Label();
        long timeout = program.bytes(bytes(16).putLong(1).putLong(0).rewind());
        long application = network.application(plan.port());
        long message = messageWith(1);

        // Nothing else is open, so the accepted connection is always descriptor 0 and the application's 1.
        program.place(next);
        program.otherwise(next, Linux.ACCEPT4, DOOR, 0, 0, Linux.O_CLOEXEC);
        program.otherwise(hangUp, Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM | Linux.O_CLOEXEC, 0);
        program.attempt(Linux.SETSOCKOPT, 1, Linux.SOL_SOCKET, Linux.SO_SNDTIMEO, timeout, 16);
        program.otherwise(hangUp, Linux.CONNECT, 1, application, 16);
        program.attempt(Linux.FCNTL, 1, Linux.F_SETFL, Linux.O_NONBLOCK | Linux.O_RDWR);
        program.attempt(Linux.SENDMSG, 0, message, 0x4000);
        program.place(hangUp);
        program.attempt(Linux.CLOSE, 1);
        program.attempt(Linux.CLOSE, 0);
        program.goTo(next);
    }

    /** The first who comes gets the sockets of the surroundings and nothing else. */
    private void hatch() {
        LaunchProgram.Label first = new LaunchProgram.Label();
        program.place(first);
        program.otherwise(first, Linux.ACCEPT4, DOOR, 0, 0, Linux.O_CLOEXEC);
        for (int socket : new int[] {CONNECTIONS, NAMES}) {
            program.attempt(Linux.SENDMSG, 0, messageWith(socket), 0x4000);
            program.attempt(Linux.CLOSE, socket);
        }
        program.attempt(Linux.CLOSE, 0);
    }

    /** A {@code msghdr} that carries one byte and a descriptor. */
    private long messageWith(int descriptor) {
        long one = program.bytes(bytes(8).put((byte) 1).rewind());
        long vector = program.bytes(bytes(16).putLong(one).putLong(1).rewind());
        long control = program.bytes(bytes(24)
                .putLong(20)
                .putInt(Linux.SOL_SOCKET)
                .putInt(Linux.SCM_RIGHTS)
                .putInt(descriptor)
                .rewind());
        return program.bytes(bytes(56)
                .putLong(0)
                .putLong(0)
                .putLong(vector)
                .putLong(1)
                .putLong(control)
                .putLong(24)
                .rewind());
    }

    private void instance() {
        for (int descriptor : new int[] {DOOR, FROM_INSTANCE, CONNECTIONS, NAMES}) {
            program.attempt(Linux.CLOSE, descriptor);
        }
        openCgroups();
        new MountSteps(program, plan).write();
        joinCgroups();
        program.attempt(Linux.UNSHARE, Linux.CLONE_NEWCGROUP);
        String hostname = plan.hostname();
        program.must("set the host name", Linux.SETHOSTNAME, program.text(hostname), hostname.length());
        program.attempt(Linux.UMASK, 18);
        InstancePlan.Command command = plan.command();
        RightsSteps rights = new RightsSteps(program, plan);
        rights.write();
        program.must(
                "enter the working directory " + command.workingDirectory() + " of the image",
                Linux.CHDIR,
                program.text(command.workingDirectory()));
        dieWithParent();
        proveThatTheParentLives();
        rights.filterSystemCalls();
        LaunchProgram.Label application = new LaunchProgram.Label();
        program.must("make a process", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(application);
        reap();
        program.place(application);
        program.attempt(Linux.SETSID);
        program.attempt(Linux.DUP3, 1, 2, 0);
        program.must(
                "execute " + command.path(),
                Linux.EXECVE,
                program.text(command.path()),
                program.texts(command.arguments()),
                program.texts(command.environment()));
    }

    /** The places of the groups can't be named any more when the root has changed. */
    private void openCgroups() {
        int descriptor = FIRST_GROUP;
        for (Path members : plan.cgroupMembers()) {
            long name = program.text(members.toString());
            program.must("open " + members, Linux.OPEN, name, Linux.O_WRONLY | Linux.O_CLOEXEC);
            program.must("open " + members, Linux.DUP3, 3, descriptor++, Linux.O_CLOEXEC);
            program.attempt(Linux.CLOSE, 3);
        }
    }

    /** As late as can be: the kernel may need ten milliseconds for it, which have begun before (see {@link Cgroups#expectAMember}). */
    private void joinCgroups() {
        int descriptor = FIRST_GROUP;
        long self = program.text("0");
        for (Path members : plan.cgroupMembers()) {
            program.must("write `0` to " + members, Linux.WRITE, descriptor, self, 1);
            program.attempt(Linux.CLOSE, descriptor++);
        }
    }

    /** The first process waits for all that lose their parents, and ends as the application, its only own child, ended. */
    private void reap() {
        LaunchProgram.Label next = new LaunchProgram.Label();
        LaunchProgram.Label stillThere = new LaunchProgram.Label();
        LaunchProgram.Label ended = new LaunchProgram.Label();
        long status = program.room(8);
        program.storeAsArgumentOf(stillThere);
        closeAllBut();
        program.attempt(Linux.CLOSE, TO_KEEPER);
        program.place(next);
        program.attempt(Linux.WAIT4, -1, status, 0, 0);
        program.place(stillThere);
        program.otherwise(ended, Linux.KILL, 0, 0);
        program.goTo(next);
        program.place(ended);
        program.endLike(status);
    }

    private void closeAllBut(Integer... kept) {
        for (int descriptor : new int[] {0, 1, 2, LaunchProgram.REPORT, DOOR, CONNECTIONS, NAMES}) {
            if (!List.of(kept).contains(descriptor)) {
                program.attempt(Linux.CLOSE, descriptor);
            }
        }
    }

    /** Changes of user clear this, so it is asked again after each. */
    private void dieWithParent() {
        program.attempt(Linux.PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGKILL, 0, 0, 0);
    }

    /** After {@link #dieWithParent}, which does nothing when the parent is dead already. Ends the process (SIGPIPE) when it is. */
    private void proveThatTheParentLives() {
        program.must("reach the keeper", Linux.WRITE, TO_KEEPER, program.room(8), 1);
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
