package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InterruptTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Cancellation cancellation = new Cancellation();
    private final List<Integer> halts = new ArrayList<>();

    private Interrupt interrupt() {
        return new Interrupt(cancellation, new PrintStream(err, true, StandardCharsets.UTF_8), halts::add);
    }

    @Test
    void theFirstOneCancelsAndTheSecondOneStops() {
        try (var interrupt = interrupt()) {
            interrupt.happened();
            assertThat(cancellation.cancelled()).isTrue();
            assertThat(halts).isEmpty();
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("Press ^C again");
            interrupt.happened();
            assertThat(halts).containsExactly(Interrupt.CODE);
        }
    }

    @Test
    void comesFromTheOperatingSystemsSignals() throws Exception {
        var told = new CountDownLatch(1);
        try (var handling = Signals.handle("USR2", told::countDown).orElseThrow()) {
            assertThat(handling).isNotNull();
            long pid = ProcessHandle.current().pid();
            assertThat(new ProcessBuilder("kill", "-USR2", Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Signals.handle("NOSUCH", told::countDown)).isEmpty();
    }
}
