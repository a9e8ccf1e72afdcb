package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = "Shows what up would do, and touches nothing.")
final class PreviewCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final TargetOptions targets = new TargetOptions();

    @Mixin
    private final ReplaceOptions replacements = new ReplaceOptions();

    @Mixin
    private final RefreshOption refresh = new RefreshOption();

    PreviewCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return EngineRun.prepare(context, stack, options, engineOptions(), Operation.UPDATE)
                .preview();
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT
                .withSelection(replacements.in(targets.selection()))
                .withRefresh(refresh.refresh());
    }
}
