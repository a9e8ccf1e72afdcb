package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of system calls for the {@link Launcher}, with the memory they point to. It is sent as it lies in memory: {@link #STEPS} steps of 64 bytes
 * (number, six arguments, what to do on failure), then the data. All addresses are known while it is written, because it is always read to
 * {@link #BASE}.
 */
final class LaunchProgram {
    static final long BASE = 0x10000000L;
    static final int STEPS = 256;
    static final int ROOM = 0x400000;

    /** The descriptor on which the program reports; it is the process's standard error until the command gets another. */
    static final int REPORT = 10;

    private static final int STEP_BYTES = 64;
    private static final int DATA = STEPS * STEP_BYTES;

    private static final long GO_ON = 0;
    private static final long GIVE_UP = 1;
    private static final int GO_TO_WHEN_ZERO = 0x1000;
    private static final int GO_TO = 0x1001;
    private static final int STORE = 0x1002;
    private static final int END_LIKE = 0x1003;

    private ByteBuffer memory = ByteBuffer.allocate(DATA + 8192).order(ByteOrder.LITTLE_ENDIAN);
    private final List<String> purposes = new ArrayList<>();
    private int end = DATA;

    LaunchProgram() {
        attempt(Linux.DUP3, 2, REPORT, Linux.O_CLOEXEC);
    }

    /** A place in the steps, to go to. */
    static final class Label {
        private final List<Use> uses = new ArrayList<>();
        private long address;

        /** Where the address, plus an offset, is to be written. */
        private record Use(int at, int offset) {}
    }

    /** A call that must succeed; {@code purpose} completes the sentence "could not …". */
    void must(String purpose, int call, long... arguments) {
        add(purpose, GIVE_UP, call, arguments);
    }

    /** A call whose failure does not matter. */
    void attempt(int call, long... arguments) {
        add("", GO_ON, call, arguments);
    }

    /** A call after whose failure the program goes on elsewhere. */
    void otherwise(Label onFailure, int call, long... arguments) {
        add("", GO_ON, call, arguments);
        use(onFailure, stepAddress() - 8, 0);
    }

    void goTo(Label target) {
        add("", GO_ON, GO_TO, 0);
        use(target, stepAddress() - STEP_BYTES + 8, 0);
    }

    /** After a clone: the child goes elsewhere. */
    void childGoesTo(Label target) {
        add("", GO_ON, GO_TO_WHEN_ZERO, 0);
        use(target, stepAddress() - STEP_BYTES + 8, 0);
    }

    /** Keeps the last call's result at an address. */
    void store(long address) {
        add("", GO_ON, STORE, address);
    }

    /** Makes the last call's result the first argument of the step at a place. */
    void storeAsArgumentOf(Label step) {
        add("", GO_ON, STORE, 0);
        use(step, stepAddress() - STEP_BYTES + 8, 8);
    }

    /** Ends with the exit code of the process whose wait status is at an address; 128 + n when signal n ended it. */
    void endLike(long address) {
        add("", GO_ON, END_LIKE, address);
    }

    void place(Label label) {
        label.address = stepAddress();
        label.uses.forEach(use -> memory.putLong(use.at(), label.address + use.offset()));
    }

    int stepsLeft() {
        return STEPS - purposes.size();
    }

    /** A zero-terminated text. */
    long text(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text for the kernel can't contain a zero byte");
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        long address = room(utf8.length + 1);
        memory.put((int) (address - BASE), utf8);
        return address;
    }

    long bytes(ByteBuffer value) {
        long address = room(value.remaining());
        memory.put((int) (address - BASE), value, value.position(), value.remaining());
        return address;
    }

    /** Addresses of texts, ended by a zero, as {@code execve} takes them. */
    long texts(List<String> values) {
        long[] addresses = values.stream().mapToLong(this::text).toArray();
        long list = room(8 * (addresses.length + 1));
        for (int i = 0; i < addresses.length; i++) {
            word(list + 8L * i, addresses[i]);
        }
        return list;
    }

    /** Zeroed memory, aligned to eight bytes. */
    long room(int size) {
        int at = end;
        end = (at + size + 7) & ~7;
        if (end > ROOM) {
            throw new IllegalArgumentException("command, environment and layers need more than " + ROOM + " bytes");
        }
        if (end > memory.capacity()) {
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(end, memory.capacity() * 2)).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(0, memory, 0, memory.capacity());
            memory = larger;
        }
        return BASE + at;
    }

    void word(long address, long value) {
        memory.putLong((int) (address - BASE), value);
    }

    byte[] assemble() {
        byte[] all = new byte[end];
        memory.get(0, all);
        return all;
    }

    boolean isStep(long address) {
        return address >= BASE && address < BASE + DATA;
    }

    /** What the step at an address was for. */
    String purpose(long address) {
        return purposes.get((int) (address - BASE) / STEP_BYTES);
    }

    private void add(String purpose, long onFailure, int call, long... arguments) {
        if (stepsLeft() == 0) {
            throw new IllegalStateException("more than " + STEPS + " steps");
        }
        int at = (int) (stepAddress() - BASE);
        memory.putLong(at, call);
        for (int i = 0; i < arguments.length; i++) {
            memory.putLong(at + 8 + 8 * i, arguments[i]);
        }
        memory.putLong(at + 56, onFailure);
        purposes.add(purpose);
    }

    private void use(Label label, long address, int offset) {
        int at = (int) (address - BASE);
        label.uses.add(new Label.Use(at, offset));
        memory.putLong(at, label.address + offset);
    }

    private long stepAddress() {
        return BASE + (long) purposes.size() * STEP_BYTES;
    }
}
