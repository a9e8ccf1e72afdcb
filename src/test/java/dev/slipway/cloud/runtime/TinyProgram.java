package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Static executables of system calls only, for images that need neither a compiler nor a distribution: the {@link Launcher}'s code, with a
 * {@link LaunchProgram} that is part of the file instead of being read.
 */
final class TinyProgram {
    /** Where the launcher's code begins to make the calls, {@code mov rax, [rbx]}. */
    private static final byte[] FIRST_STEP = {0x48, (byte) 0x8b, 0x03};

    private TinyProgram() {}

    static byte[] elf(LaunchProgram program) {
        byte[] code = Launcher.code();
        byte[] data = program.assemble();
        int start = 64 + 2 * 56;
        int dataAt = 4096;
        ByteBuffer elf = ByteBuffer.allocate(dataAt + data.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(Launcher.elf(), 0, start);
        segment(elf, 64 + 56, dataAt, LaunchProgram.BASE, data.length);
        // mov ebx, BASE; jmp to the first step
        elf.position(start).put((byte) 0xbb).putInt((int) LaunchProgram.BASE);
        elf.put((byte) 0xe9).putInt(firstStep(code)).put(code);
        elf.putLong(64 + 32, elf.position()).putLong(64 + 40, elf.position());
        return elf.put(dataAt, data).array();
    }

    /** Answers everything with 200 and {@code text}, one connection after the other. */
    static LaunchProgram httpd(int port, String text) {
        LaunchProgram program = new LaunchProgram();
        LaunchProgram.Label next = new LaunchProgram.Label();
        ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        address.putShort((short) Linux.AF_INET).put((byte) (port >> 8)).put((byte) port);
        long one = program.bytes(ByteBuffer.allocate(8).put((byte) 1).rewind());
        String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
        long answered = program.text(answer);
        long request = program.room(4096);
        program.must("close", Linux.CLOSE_RANGE, 3, 100, 0);
        program.must("make a socket", Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM, 0);
        program.must("reuse the address", Linux.SETSOCKOPT, 3, Linux.SOL_SOCKET, 2, one, 4);
        program.must("bind", Linux.BIND, 3, program.bytes(address.rewind()), 16);
        program.must("listen", Linux.LISTEN, 3, 512);
        program.place(next);
        program.must("accept", Linux.ACCEPT4, 3, 0, 0, 0);
        program.attempt(Linux.READ, 4, request, 4096);
        program.attempt(Linux.WRITE, 4, answered, answer.getBytes(StandardCharsets.UTF_8).length);
        program.attempt(Linux.CLOSE, 4);
        program.goTo(next);
        return program;
    }

    /** An image that has only this program, {@code /app}. */
    static TestLayer.Image image(LaunchProgram program) {
        return TestLayer.image(new TestLayer().entry("app", '0', 0755, elf(program), ""));
    }

    private static int firstStep(byte[] code) {
        for (int i = 0; i < code.length - FIRST_STEP.length; i++) {
            if (java.util.Arrays.equals(code, i, i + FIRST_STEP.length, FIRST_STEP, 0, FIRST_STEP.length)) {
                return i;
            }
        }
        throw new AssertionError("the launcher's code has changed");
    }

    private static void segment(ByteBuffer elf, int at, long offset, long address, long size) {
        elf.putInt(at, 1).putInt(at + 4, 6).putLong(at + 8, offset);
        elf.putLong(at + 16, address).putLong(at + 24, address).putLong(at + 32, size);
        elf.putLong(at + 40, LaunchProgram.ROOM + 4096).putLong(at + 48, 4096);
    }
}
