package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Makes what the project's program declares true: previews, asks, applies. Starts the local cloud when the stack needs it.")
final class UpCommand extends EngineCommand {
    @Mixin
    private final ApproveOptions approval = new ApproveOptions();

    @Mixin
    private final ReplaceOptions replacements = new ReplaceOptions();

    @Mixin
    private final RefreshOption refresh = new RefreshOption();

    @Mixin
    private final ContinueOption onError = new ContinueOption();

    UpCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return prepare(engineOptions(), Operation.UPDATE).apply(approval);
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT
                .withSelection(replacements.in(targets().selection()))
                .withRefresh(refresh.refresh())
                .withContinueOnError(onError.continueOnError(context().environment()));
    }
}
