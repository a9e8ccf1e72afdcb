package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What runs the engine on what a stack has: all of it, or what is selected. */
abstract class EngineCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    EngineCommand(Context context) {
        this.context = context;
    }

    final Context context() {
        return context;
    }

    final TargetOptions targets() {
        return targets;
    }

    final EngineRun prepare(Request.Options engine, Operation operation) {
        return EngineRun.prepare(context, stack, options, engine, operation);
    }
}
