package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs a program of this machine to its end. */
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
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while trying to " + purpose, e);
        }
        if (code != 0) {
            throw new IOException("could not " + purpose + ": " + command[0] + " ended with code " + code + ": "
                    + output.substring(0, Math.min(output.length(), SHOWN)).strip());
        }
        return output;
    }
}
