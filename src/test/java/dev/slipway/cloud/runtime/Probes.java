package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A program that tries one thing after the other and writes a line for each: {@code NAME allowed} or {@code NAME refused}. */
final class Probes {
    private final LaunchProgram program = new LaunchProgram();

    /** Whether one call succeeds. */
    Probes call(String name, int call, long... arguments) {
        LaunchProgram.Label refused = new LaunchProgram.Label();
        LaunchProgram.Label end = new LaunchProgram.Label();
        program.otherwise(refused, call, arguments);
        print(name + " allowed\n");
        program.goTo(end);
        program.place(refused);
        print(name + " refused\n");
        program.place(end);
        return this;
    }

    Probes read(String path) {
        return call("read " + path, Linux.OPEN, text(path), 0);
    }

    /** Whether something is in a file; what is hidden is there, but empty. */
    Probes content(String path) {
        LaunchProgram.Label refused = new LaunchProgram.Label();
        LaunchProgram.Label end = new LaunchProgram.Label();
        program.attempt(Linux.CLOSE, 50);
        program.otherwise(refused, Linux.OPEN, text(path), 0);
        LaunchProgram.Label duplicate = new LaunchProgram.Label();
        program.storeAsArgumentOf(duplicate);
        program.place(duplicate);
        program.attempt(Linux.DUP3, 0, 50, 0);
        program.otherwise(refused, Linux.READ, 50, room(8), 1);
        program.childGoesTo(refused);
        print("content of " + path + " allowed\n");
        program.goTo(end);
        program.place(refused);
        print("content of " + path + " refused\n");
        program.place(end);
        return this;
    }

    Probes write(String path) {
        return call("write " + path, Linux.OPEN, text(path), Linux.O_WRONLY);
    }

    /** Whether something on this machine's loopback interface, or on an instance's, is reached. */
    Probes connect(String name, int port, int... ip) {
        ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        address.putShort((short) Linux.AF_INET).put((byte) (port >> 8)).put((byte) port);
        for (int part : ip) {
            address.put((byte) part);
        }
        program.attempt(Linux.CLOSE, 50);
        program.attempt(Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM, 0);
        LaunchProgram.Label duplicate = new LaunchProgram.Label();
        program.storeAsArgumentOf(duplicate);
        program.place(duplicate);
        program.attempt(Linux.DUP3, 0, 50, 0);
        return call(name, Linux.CONNECT, 50, bytes(address.rewind()), 16);
    }

    /** Makes connections and keeps them, until no descriptor is left. */
    Probes connectUntilNoFileIsLeft(int port, int... ip) {
        ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        address.putShort((short) Linux.AF_INET).put((byte) (port >> 8)).put((byte) port);
        for (int part : ip) {
            address.put((byte) part);
        }
        long place = bytes(address.rewind());
        LaunchProgram.Label again = new LaunchProgram.Label();
        LaunchProgram.Label end = new LaunchProgram.Label();
        LaunchProgram.Label connect = new LaunchProgram.Label();
        program.place(again);
        program.otherwise(end, Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM, 0);
        program.storeAsArgumentOf(connect);
        program.place(connect);
        program.attempt(Linux.CONNECT, 0, place, 16);
        program.goTo(again);
        program.place(end);
        return this;
    }

    /** Makes a call whose outcome does not matter. */
    Probes also(int call, long... arguments) {
        program.attempt(call, arguments);
        return this;
    }

    /** Prints what is read once from a descriptor, with zeros up to a size. */
    Probes copy(int from, int size) {
        long room = program.room(size);
        program.attempt(Linux.READ, from, room, size);
        program.attempt(Linux.WRITE, 1, room, size);
        return this;
    }

    Probes print(String line) {
        program.attempt(Linux.WRITE, 1, text(line), line.getBytes(StandardCharsets.UTF_8).length);
        return this;
    }

    long text(String value) {
        return program.text(value);
    }

    long bytes(ByteBuffer value) {
        return program.bytes(value);
    }

    long room(int size) {
        return program.room(size);
    }

    /** Ends with a code. */
    LaunchProgram end(int code) {
        program.attempt(Linux.EXIT_GROUP, code);
        return program;
    }

    /** Stays until it is killed; SIGTERM ends it. */
    LaunchProgram stay() {
        LaunchProgram.Label again = new LaunchProgram.Label();
        program.place(again);
        program.attempt(Linux.PAUSE);
        program.goTo(again);
        return program;
    }
}
