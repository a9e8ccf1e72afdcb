package dev.slipway.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Whether a command goes on after a resource has failed. */
final class ContinueOption {
    @Option(
            names = "--continue-on-error",
            description =
                    "Go on with what does not depend on a resource that failed; also by PULUMI_CONTINUE_ON_ERROR=true.")
    private boolean continueOnError;

    boolean continueOnError(Map<String, String> environment) {
        String set = environment.getOrDefault("PULUMI_CONTINUE_ON_ERROR", "");
        return continueOnError || set.equals("true") || set.equals("1");
    }
}
