package dev.slipway.cli;

import picocli.CommandLine.Option;

/** Whether a command first reads what is really there. */
final class RefreshOption {
    @Option(
            names = {"-r", "--refresh"},
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Read what is really there before anything else, and record it.")
    private boolean refresh;

    boolean refresh() {
        return refresh;
    }
}
