package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description = "Deletes everything that the stack's record names, in the right order.")
final class DestroyCommand extends EngineCommand {
    @Mixin
    private final ApproveOptions approval = new ApproveOptions();

    @Mixin
    private final RefreshOption refresh = new RefreshOption();

    @Mixin
    private final ContinueOption onError = new ContinueOption();

    DestroyCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return prepare(engineOptions(), Operation.DESTROY).apply(approval);
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT
                .withSelection(targets().selection())
                .withRefresh(refresh.refresh())
                .withContinueOnError(onError.continueOnError(context().environment()));
    }
}
