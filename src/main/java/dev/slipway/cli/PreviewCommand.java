package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = "Shows what up would do, and touches nothing.")
final class PreviewCommand extends EngineCommand {
    @Mixin
    private final ReplaceOptions replacements = new ReplaceOptions();

    @Mixin
    private final RefreshOption refresh = new RefreshOption();

    PreviewCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return prepare(engineOptions(), Operation.UPDATE).preview();
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT
                .withSelection(replacements.in(targets().selection()))
                .withRefresh(refresh.refresh());
    }
}
