package dev.slipway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs that a test needs and that not every machine has. */
public final class Programs {
    private Programs() {}

    /** Skips the test, with the reason, when one is missing. */
    public static void need(String... programs) {
        for (String program : programs) {
            assumeTrue(find(program).isPresent(), program + " is not installed on this machine");
        }
    }

    /** The first of that name on the PATH. */
    public static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A program that has ended, with all that it wrote. */
    public record Ended(int code, String output) {
        public Ended well() {
            assertThat(code).as(output).isZero();
            return this;
        }

        public Ended badly(String reason) {
            assertThat(code).as(output).isNotZero();
            assertThat(output).contains(reason);
            return this;
        }
    }

    /**
     * Runs a program to its end, two minutes at most.
     *
     * @param directory for what it writes
     * @param input what it reads
     */
    public static Ended run(Path directory, Map<String, String> environment, String input, List<String> command)
            throws IOException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
