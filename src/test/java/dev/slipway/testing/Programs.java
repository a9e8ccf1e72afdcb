package dev.slipway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

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
}
