package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes, before or after its name. */
final class GlobalOptions {
    @Option(
            names = {"-C", "--cwd"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Run as if started in this directory.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--non-interactive",
            scope = ScopeType.INHERIT,
            description = "Never ask, and do not redraw: as if no terminal was there.")
    private boolean nonInteractive;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "Colours: always, never or auto (on a terminal, unless NO_COLOR is set). Default: auto.")
    private Optional<Color> color = Optional.empty();

    /** When to use colours; {@code RAW} is Pulumi's word for text that nobody has coloured. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER,
        RAW
    }

    Terminal terminal(Terminal given) {
        boolean colour =
                switch (color.orElse(Color.AUTO)) {
                    case AUTO -> given.colour();
                    case ALWAYS -> true;
                    case NEVER, RAW -> false;
                };
        return new Terminal(given.out(), given.err(), given.in(), given.interactive() && !nonInteractive, colour);
    }

    Path directory(Path given) {
        return directory.map(given::resolve).orElse(given);
    }

    /** Whether the word after this one belongs to it. */
    static boolean takesAWord(String argument) {
        return argument.equals("-C") || argument.equals("--cwd") || argument.equals("--color");
    }
}
