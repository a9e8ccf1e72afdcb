package dev.slipway.cli.display;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command prints and asks.
 *
 * @param out results
 * @param err problems and progress that is not part of the result
 * @param in answers
 * @param interactive both ends are a terminal, so that asking and redrawing make sense
 * @param colour whether to use ANSI colours
 */
public record Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean interactive, boolean colour) {

    /** Whether an environment allows colours: {@code NO_COLOR} unset and the terminal not dumb. */
    public static boolean allowsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** The same, with another place for results. */
    public Terminal printingTo(PrintStream results) {
        return new Terminal(results, err, in, interactive, colour);
    }

    /** Asks for a text; no answer is empty. */
    public Optional<String> ask(String question) {
        out.print(question + ": ");
        out.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip).filter(answer -> !answer.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Asks a question that is answered by yes or no; no answer is no. */
    public boolean confirm(String question) {
        out.print(question + " [y/N] ");
        out.flush();
        try {
            String answer = in.readLine();
            return answer != null
                    && answer.strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
