package dev.slipway.cli;

import dev.slipway.engine.Operation;
import dev.slipway.engine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "refresh", mixinStandardHelpOptions = true, description = "Reads what is really there and records it.")
final class RefreshCommand extends EngineCommand {
    @Mixin
    private final ApproveOptions approval = new ApproveOptions();

    RefreshCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        return prepare(engineOptions(), Operation.REFRESH).apply(approval);
    }

    private Request.Options engineOptions() {
        return Request.Options.DEFAULT.withSelection(targets().selection());
    }
}
