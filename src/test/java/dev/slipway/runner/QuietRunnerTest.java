package dev.slipway.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class QuietRunnerTest {
    /** The program's code runs before {@code runAsync} goes on: what a busy machine does now and then, always. */
    private final QuietRunner runner = new QuietRunner(Runnable::run);

    private final CompletableFuture<String> slow = new CompletableFuture<>();

    @Test
    void doesNotRestAfterAFirstTaskThatIsDoneAtOnce() {
        var result = runner.runAsync(() -> {
            runner.registerTask("first", CompletableFuture.completedFuture("done"));
            runner.registerTask("second", slow);
            return "stack";
        });
        assertThat(result).isNotDone();
        slow.complete("done");
        assertThat(result)
                .isCompletedWithValueMatching(ended -> ended.exceptions().isEmpty());
    }

    @Test
    void waitsForWhatStillRunsWhenTheProgramFails() {
        var result = runner.runAsync(() -> {
            runner.registerTask("first", CompletableFuture.completedFuture("done"));
            runner.registerTask("second", slow);
            throw new IllegalStateException("no");
        });
        assertThat(result).isNotDone();
        slow.complete("done");
        assertThat(result)
                .isCompletedWithValueMatching(ended -> ended.exceptions().size() == 1);
    }
}
