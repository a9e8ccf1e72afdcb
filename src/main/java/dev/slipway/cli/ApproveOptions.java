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

    boolean approved(Context context) {
        return yes || skipPreview || YesOption.skipped(context);
    }

    boolean skipPreview() {
        return skipPreview;
    }
}
