package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import java.nio.file.Path;
import java.util.Map;

/** What a command is run with: the terminal, the environment variables and the working directory, as the global options have them. */
record Context(Terminal given, Map<String, String> environment, Path started, GlobalOptions options) {
    Context {
        environment = Map.copyOf(environment);
    }

    Context(Terminal terminal, Map<String, String> environment, Path directory) {
        this(terminal, environment, directory, new GlobalOptions());
    }

    Terminal terminal() {
        return options.terminal(given);
    }

    Path directory() {
        return options.directory(started);
    }
}
