package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import java.nio.file.Path;
import java.util.Map;

/** What a command is run with: the terminal, the environment variables and the working directory. */
record Context(Terminal terminal, Map<String, String> environment, Path directory) {
    Context {
        environment = Map.copyOf(environment);
    }
}
