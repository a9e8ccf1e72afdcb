package dev.slipway.cli;

import picocli.CommandLine.Option;

/** How a command that changes something gets its approval. */
final class ApproveOptions {
    @Option(
            names = {"-y", "--yes"},
            description = "Approve the changes without asking.")
    private boolean yes;

    @Option(
            names = {"-f", "--skip-preview"},
            description = "Do not preview first; approves the changes, too.")
    private boolean skipPreview;

    boolean approved() {
        return yes || skipPreview;
    }

    boolean skipPreview() {
        return skipPreview;
    }
}
