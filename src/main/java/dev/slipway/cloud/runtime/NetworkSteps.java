package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The part of an instance's program that makes its network: loopback and one address of its own, and nothing else. With surroundings, every TCP
 * connection that is made to any other address ends at one listening socket, whoever listens on the same port, and what is asked of the name server at
 * another; both sockets are for this process, see {@link Hatch}. All of it lies in the network namespace and goes with that.
 */
final class NetworkSteps {
    /** Every instance's own address, in its own network; not loopback, so that an application that listens on localhost only is not reached. */
    static final String ADDRESS = "169.254.172.2";

    /** Of the listening socket at which surroundings are reached; the port is the one that the agent of Amazon ECS has for the same. */
    static final int PORT = 51_679;

    private static final byte[] OWN = {(byte) 169, (byte) 254, (byte) 172, 2};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] NAME_SERVER = {(byte) 169, (byte) 254, (byte) 169, (byte) 253};
    /** Of documentation's addresses, and the port of "discard": nothing is sent there. */
    private static final byte[] ELSEWHERE = {(byte) 192, 0, 2, 1};

    private static final int BACKLOG = 512;

    private final LaunchProgram program;

    NetworkSteps(LaunchProgram program) {
        this.program = program;
    }

    /** Whether connections to elsewhere can be steered here: a program that makes a network and tries. */
    static LaunchProgram trial(boolean ownUsers, int uid, int gid) {
        LaunchProgram program = new LaunchProgram();
        NetworkSteps steps = new NetworkSteps(program);
        program.attempt(Linux.CLOSE_RANGE, 3, LaunchProgram.REPORT - 1, 0);
        if (ownUsers) {
            new UserSteps(program).write(uid, gid);
        }
        steps.write();
        steps.surroundings(20, 21);
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM, 0);
        program.must("connect to elsewhere", Linux.CONNECT, 3, steps.address(ELSEWHERE, 9), 16);
        program.attempt(Linux.EXIT_GROUP, 0);
        return program;
    }

    /** The namespace with its one interface. Descriptor 3 is free before and after. */
    void write() {
        program.must("make a network namespace", Linux.UNSHARE, Linux.CLONE_NEWNET);
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        program.must(
                "bring up loopback",
                Linux.IOCTL,
                3,
                Linux.SIOCSIFFLAGS,
                program.bytes(interfaceRequest("lo").putShort((short) 0x41).rewind()));
        program.must("give the instance an address", Linux.IOCTL, 3, Linux.SIOCSIFADDR, inet("lo:0", OWN));
        byte[] mask = {-1, -1, -1, -1};
        program.attempt(Linux.IOCTL, 3, Linux.SIOCSIFNETMASK, inet("lo:0", mask));
        program.attempt(Linux.CLOSE, 3);
    }

    /** The sockets, left at two descriptors, and what leads to them as far as the kernel has it. */
    void surroundings(int connections, int names) {
        send(Linux.NETLINK_ROUTE, Netlink.everyAddressIsLocal(OWN));
        send(Linux.NETLINK_NETFILTER, Netlink.steering(OWN, LOOPBACK, PORT));
        int kind = Linux.O_NONBLOCK | Linux.O_CLOEXEC;
        long one = program.bytes(bytes(8).putInt(1).rewind());
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM | kind, 0);
        program.attempt(Linux.SETSOCKOPT, 3, Linux.SOL_IP, Linux.IP_TRANSPARENT, one, 4);
        program.must("bind port " + PORT, Linux.BIND, 3, address(LOOPBACK, PORT), 16);
        program.must("listen on port " + PORT, Linux.LISTEN, 3, BACKLOG);
        keepAt(connections);
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_DGRAM | kind, 0);
        program.attempt(Linux.BIND, 3, address(NAME_SERVER, 53), 16);
        keepAt(names);
    }

    long address(byte[] ip, int port) {
        return program.bytes(bytes(16)
                .putShort((short) Linux.AF_INET)
                .put((byte) (port >> 8))
                .put((byte) port)
                .put(ip)
                .rewind());
    }

    /** Where the application is reached. */
    long application(int port) {
        return address(OWN, port);
    }

    private void keepAt(int descriptor) {
        program.must("keep a socket", Linux.DUP3, 3, descriptor, Linux.O_CLOEXEC);
        program.attempt(Linux.CLOSE, 3);
    }

    /** The kernel tells in an answer whether it could do it; {@link #trial} has found that out. */
    private void send(int family, ByteBuffer messages) {
        LaunchProgram.Label without = new LaunchProgram.Label();
        int length = messages.remaining();
        long place = program.bytes(messages);
        program.otherwise(without, Linux.SOCKET, Linux.AF_NETLINK, Linux.SOCK_RAW, family);
        program.attempt(Linux.SENDTO, 3, place, length, 0, 0, 0);
        program.attempt(Linux.CLOSE, 3);
        program.place(without);
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
