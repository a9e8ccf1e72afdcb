package dev.slipway.cli;

import picocli.CommandLine.Option;

/** How a command that is not run by the engine gets its approval. */
final class YesOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. PULUMI_SKIP_CONFIRMATIONS=true means the same.")
    private boolean yes;

    /** Asks, unless that was answered beforehand. */
    void approve(Context context, String question) {
        if (yes || skipped(context)) {
            return;
        }
        if (!context.terminal().interactive()) {
            throw new Failure("--yes must be passed in non-interactive mode");
        }
        if (!context.terminal().confirm(question)) {
            throw new Failure("confirmation declined; nothing was changed");
        }
    }

    static boolean skipped(Context context) {
        return context.environment()
                .getOrDefault("PULUMI_SKIP_CONFIRMATIONS", "")
                .matches("(?i)1|t|true");
    }
}
