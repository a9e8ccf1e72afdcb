package dev.slipway.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command, told to the person who typed them. */
final class Misuse {
    private Misuse() {}

    static String tell(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        if (!(problem instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
            return String.valueOf(problem.getMessage());
        }
        String word = unmatched.getUnmatched().get(0);
        String name = command.getCommandSpec().qualifiedName();
        if (command.getSubcommands().isEmpty()) {
            return "`" + name + "` does not know what to do with `" + word + "`";
        }
        List<String> near = unmatched.getSuggestions();
        String advice = near.isEmpty()
                ? "there are: " + String.join(", ", command.getSubcommands().keySet())
                : "did you mean "
                        + near.stream().map(found -> "`" + found + "`").collect(Collectors.joining(" or ")) + "?";
        return "there is no command `" + name + " " + word + "`; " + advice;
    }
}
