package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.ClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EarlyExitTest {
    /** Ends the process as a program might, once while the engine runs and once after. */
    static final class Exiting {
        public static void main(String[] arguments) {
            var exit = new EarlyExit(System.err, code -> Runtime.getRuntime().halt(code));
            if (arguments[0].equals("after")) {
                exit.close();
            }
            System.exit(3);
        }
    }

    private record Ended(int code, String said) {}

    private static Ended run(String when) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ClassPath.text(),
                        Exiting.class.getName(),
                        when)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void aProgramThatEndsTheProcessIsToldAndIsAFailure() throws Exception {
        Ended ended = run("while");
        assertThat(ended.said()).contains("System.exit", "The next run asks");
        assertThat(ended.code()).isEqualTo(Failure.CODE);
    }

    @Test
    void nothingIsSaidOnceTheEngineHasEnded() throws Exception {
        assertThat(run("after")).isEqualTo(new Ended(3, ""));
    }
}
