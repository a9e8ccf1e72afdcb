package dev.slipway;

import com.pulumi.Context;
import dev.slipway.runner.PulumiProcess;
import java.util.function.Consumer;

/** What a program's {@code main} calls. */
public final class Slipway {
    private Slipway() {}

    /**
     * Runs a program under {@code pulumi up} and ends the JVM, as {@link com.pulumi.Pulumi#run(Consumer)} does, which works too. That one
     * polls until the last resource is there: it keeps a processor busy, and on newer Javas it never ends where there are only one or two.
     * Mistakes are told without stack traces.
     *
     * <p>{@code slipway up} needs no {@code main}; it calls the program's {@code public static void stack(Context)}.
     *
     * @throws IllegalArgumentException when no Pulumi engine has started this process
     */
    public static void run(Consumer<Context> program) {
        System.exit(PulumiProcess.run(program));
    }
}
