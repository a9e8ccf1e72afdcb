package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Runs a program of this machine to its end, or until the thread is interrupted: then the program and what it started are gone too. */
final class Tool {
    private static final int SHOWN = 500;

    private Tool() {}

    /** @return what it printed */
    static String run(String purpose, Path directory, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("LD_LIBRARY_PATH");
        builder.environment().remove("LD_PRELOAD");
        Process process = builder.start();
        process.getOutputStream().close();
        // Read beside the wait, because a wait can be interrupted and a read of a pipe can't.
        CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> read(process));
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while trying to " + purpose, e);
        }
        String output = reading.join();
        if (code != 0) {
            throw new IOException("could not " + purpose + ": " + command[0] + " ended with code " + code + ": "
                    + output.substring(0, Math.min(output.length(), SHOWN)).strip());
        }
        return output;
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
