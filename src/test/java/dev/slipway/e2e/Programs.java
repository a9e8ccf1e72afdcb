package dev.slipway.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Other programs that a test needs and that not every machine has. */
final class Programs {
    private Programs() {}

    /** Skips the test, with the reason, when one is missing. */
    static void need(String... programs) {
        for (String program : programs) {
            boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            assumeTrue(there, program + " is not installed on this machine");
        }
    }
}
