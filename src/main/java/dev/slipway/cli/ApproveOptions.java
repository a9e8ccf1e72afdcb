package dev.slipway.cli;

import picocli.CommandLine.Option;

/** How a command that changes something gets its approval. */
final class ApproveOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Approve the changes without asking. PULUMI_SKIP_CONFIRMATIONS=true means the same.")
    private boolean yes;

    @Option(
            names = {"-f", "--skip-preview"},
            description = "Do not preview first; approves the changes, too.")
    private boolean skipPreview;

    /** For a command that has another use for {@code -f}. */
    static ApproveOptions of(boolean yes, boolean skipPreview) {
        var options = new ApproveOptions();
        options.yes = yes;
        options.skipPreview = skipPreview;
        return options;
    }

    boolean approved(Context context) {
        return yes || skipPreview || YesOption.skipped(context);
    }

    boolean skipPreview() {
        return skipPreview;
    }
}
