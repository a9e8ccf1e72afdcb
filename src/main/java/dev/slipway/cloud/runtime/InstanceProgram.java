package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the program that starts one instance. Four processes come of it: the *keeper*, which this JVM started, makes the network, waits for the
 * instance and ends as it ended; the *door*, which answers each connection on a unix socket with a TCP socket connected to the application from
 * inside the instance's network; the *first* of the instance, which makes its file system, gives up its rights and then waits for the orphans; and
 * the application. All die with this JVM: the kernel ends a child whose parent dies after the
 * child has asked for it, and that the parent had not died before is proved by a byte into a pipe of which only the parent has the other end.
 */
final class InstanceProgram {
    /** Every instance's own address, in its own network; not loopback, so that an application that listens on localhost only is not reached. */
    static final String ADDRESS = "169.254.172.2";

    private static final int DOOR = 11;
    private static final int TO_KEEPER = 12;
    private static final int FROM_INSTANCE = 13;
    private static final int FIRST_GROUP = 14;

    private final LaunchProgram program = new LaunchProgram();
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
            program.must("make a user namespace", Linux.UNSHARE, Linux.CLONE_NEWUSER);
            writeFile("/proc/self/setgroups", "deny", false);
            writeFile("/proc/self/uid_map", "0 " + plan.hostUid() + " 1", true);
            writeFile("/proc/self/gid_map", "0 " + plan.hostGid() + " 1", true);
        }
        dieWithParent();
        program.must("make a network namespace", Linux.UNSHARE, Linux.CLONE_NEWNET);
        network();
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
        closeAllBut(-1);
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

    /** A network with loopback and one more address, from which nothing outside is reached. */
    private void network() {
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        program.must(
                "bring up loopback",
                Linux.IOCTL,
                3,
                Linux.SIOCSIFFLAGS,
                program.bytes(interfaceRequest("lo").putShort((short) 0x41).rewind()));
        byte[] address = {(byte) 169, (byte) 254, (byte) 172, 2};
        program.must("give the instance an address", Linux.IOCTL, 3, Linux.SIOCSIFADDR, inet("lo:0", address));
        byte[] mask = {-1, -1, -1, -1};
        program.attempt(Linux.IOCTL, 3, Linux.SIOCSIFNETMASK, inet("lo:0", mask));
        program.attempt(Linux.CLOSE, 3);
        writeFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0", false);
    }

    private void door() {
        program.attempt(Linux.CLOSE, FROM_INSTANCE);
        dieWithParent();
        proveThatTheParentLives();
        program.attempt(Linux.CLOSE, TO_KEEPER);
        closeAllBut(DOOR);
        LaunchProgram.Label next = new LaunchProgram.Label();
        LaunchProgram.Label hangUp = new LaunchProgram.Label();
        long timeout = program.bytes(bytes(16).putLong(1).putLong(0).rewind());
        byte[] ip = {(byte) 169, (byte) 254, (byte) 172, 2};
        long application = program.bytes(bytes(16)
                .putShort((short) Linux.AF_INET)
                .put((byte) (plan.port() >> 8))
                .put((byte) plan.port())
                .put(ip)
                .rewind());
        long message = connectedSocketMessage();

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

    /** A {@code msghdr} that carries one byte and descriptor 1. */
    private long connectedSocketMessage() {
        long one = program.bytes(bytes(8).put((byte) 1).rewind());
        long vector = program.bytes(bytes(16).putLong(one).putLong(1).rewind());
        long control = program.bytes(bytes(24)
                .putLong(20)
                .putInt(Linux.SOL_SOCKET)
                .putInt(Linux.SCM_RIGHTS)
                .putInt(1)
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
        program.attempt(Linux.CLOSE, DOOR);
        program.attempt(Linux.CLOSE, FROM_INSTANCE);
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
        closeAllBut(-1);
        program.attempt(Linux.CLOSE, TO_KEEPER);
        program.place(next);
        program.attempt(Linux.WAIT4, -1, status, 0, 0);
        program.place(stillThere);
        program.otherwise(ended, Linux.KILL, 0, 0);
        program.goTo(next);
        program.place(ended);
        program.endLike(status);
    }

    private void closeAllBut(int kept) {
        for (int descriptor : new int[] {0, 1, 2, LaunchProgram.REPORT, DOOR}) {
            if (descriptor != kept) {
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

    private void writeFile(String path, String value, boolean needed) {
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

    private long inet(String name, byte[] address) {
        return program.bytes(interfaceRequest(name)
                .putShort((short) Linux.AF_INET)
                .putShort((short) 0)
                .put(address)
                .rewind());
    }

    private static ByteBuffer interfaceRequest(String name) {
        return bytes(40).put(name.getBytes(StandardCharsets.US_ASCII)).position(16);
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
