package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs a {@link LaunchProgram} in a new process. The process is a static executable of a few hundred bytes that reads the program from its standard
 * input and makes the calls in order (source: {@code launcher.s} among the resources; a test assembles it and compares). It needs no tool and no
 * library of this machine, and nothing that an image says (its {@code LD_PRELOAD}, its {@code PATH}) can reach a process that still has rights.
 */
final class Launcher implements AutoCloseable {
    /** {@code launcher.s}, assembled. */
    private static final String CODE = """
            bb000000104889dd31c031ff4889eeba000040104829ea0f054885c07e054801\
            c5ebe54839dd750431ffeb71488b03488b7b08488b7310488b53184c8b53204c\
            8b43284c8b4b30483d00100000742b483d011000007428483d02100000742548\
            3d0310000074220f05483d01f0ffff73334989c44883c340ebb24d85e475f548\
            89fbeba84c8927ebeb8b0789c783e77f740881c780000000eb030fb6fcb8e700\
            00000f05488b53384885d274c74889d74883fa0175c95053b801000000bf0a00\
            00004889e6ba100000000f05bf7d000000ebca""";

    private static final int ATTEMPTS = 50;

    private static final String NAME = "launcher";

    private final Path directory;

    /** The kernel ends a launched process when the thread that made it ends, so one thread makes them all and lives as long as this. */
    private final ExecutorService spawner = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "slipway-launcher");
        thread.setDaemon(true);
        return thread;
    });

    Launcher(Path directory) throws IOException {
        this.directory = directory;
        Path fresh = Files.createTempFile(
                directory,
                NAME,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(fresh, elf());
        Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static byte[] code() {
        return HexFormat.of().parseHex(CODE);
    }

    /** The code as an executable: an ELF header, one segment of code, one of zeroed memory for the program. */
    static byte[] elf() {
        byte[] code = code();
        int headers = 64 + 2 * 56;
        long address = 0x400000;
        ByteBuffer elf = ByteBuffer.allocate(headers + code.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0x464c457f).putInt(0x00010102).putLong(0);
        elf.putShort((short) 2).putShort((short) 62).putInt(1).putLong(address + headers);
        elf.putLong(64).putLong(0).putInt(0).putShort((short) 64);
        elf.putShort((short) 56)
                .putShort((short) 2)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        segment(elf, 5, 0, address, elf.capacity(), elf.capacity());
        segment(elf, 6, 0, LaunchProgram.BASE, 0, LaunchProgram.ROOM + 4096);
        return elf.put(code).array();
    }

    /** Starts a program; its standard output and standard error are pipes. */
    Process start(LaunchProgram program) throws IOException {
        return spawn().start(program);
    }

    /** Begins to make a process that waits for its program, and does not wait for it. */
    Spawned spawn() {
        CompletableFuture<Process> made = new CompletableFuture<>();
        spawner.execute(() -> {
            try {
                made.complete(process());
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        return new Spawned(made);
    }

    /** A process without a program: to be given one, or to be closed. */
    final class Spawned implements AutoCloseable {
        private final CompletableFuture<Process> made;

        private Spawned(CompletableFuture<Process> made) {
            this.made = made;
        }

        /** Starts a program; its standard output and standard error are pipes. To be called once. */
        Process start(LaunchProgram program) throws IOException {
            byte[] bytes = program.assemble();
            try {
                Process process = made.get();
                try (OutputStream input = process.getOutputStream()) {
                    input.write(bytes);
                }
                return process;
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while starting a process", e);
            } catch (ExecutionException e) {
                throw new IOException(
                        "can't start " + directory.resolve(NAME) + ": "
                                + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                        e);
            }
        }

        /** Ends the process if it was given no program. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
        public void close() {
            made.thenAccept(process -> {
                try {
                    // Who reads the end before a program ends.
                    process.getOutputStream().close();
                } catch (IOException e) {
                    process.destroyForcibly();
                }
            });
        }
    }

    /** Runs a short program to its end; fails when one of its steps failed. */
    void run(LaunchProgram program) throws IOException {
        Process process = start(program);
        try (InputStream report = process.getErrorStream()) {
            Optional<LaunchReport.Failure> failure =
                    LaunchReport.read(report, program).failure();
            if (failure.isPresent()) {
                throw new IOException(failure.get().toString());
            }
        }
    }

    @Override
    public void close() {
        spawner.shutdown();
    }

    private Process process() throws IOException {
        // By a relative name, since instances see what their first process was called by.
        ProcessBuilder builder = new ProcessBuilder(List.of("./" + NAME)).directory(directory.toFile());
        builder.environment().clear();
        for (int attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException e) {
                // Another thread's new process can hold the executable open for writing until it has executed its own:
                // a moment later it works.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("error=26")) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void segment(ByteBuffer elf, int flags, long offset, long address, long inFile, long inMemory) {
        elf.putInt(1).putInt(flags).putLong(offset).putLong(address).putLong(address);
        elf.putLong(inFile).putLong(inMemory).putLong(4096);
    }
}
