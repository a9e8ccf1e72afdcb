package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "refresh", mixinStandardHelpOptions = true, description = "Reads what is really there and records it.")
final class RefreshCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ApproveOptions approval = new ApproveOptions();

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    RefreshCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return EngineRun.prepare(context, stack, options, engineOptions(), Operation.REFRESH)
                .apply(approval);
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT.withSelection(targets.selection());
    }
}
