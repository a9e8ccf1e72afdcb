package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import dev.slipway.engine.program.CommonPool;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The command {@code slipway}. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the JVM with its exit code: 0 when it did what was asked, 255 when not. */
    public static void main(String[] arguments) {
        CommonPool.widen();
        Map<String, String> environment = System.getenv();
        boolean interactive = Boolean.getBoolean("slipway.interactive");
        var terminal = new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                interactive,
                interactive && Terminal.allowsColour(environment));
        var context = new Context(terminal, environment, Path.of("").toAbsolutePath());
        HeadStart.take(context, arguments);
        int code = run(context, arguments);
        terminal.out().flush();
        // Libraries leave threads behind (HTTP clients, pools); the command is over.
        System.exit(code);
    }

    static int run(Context context, String... arguments) {
        var commands = Commands.of(context, arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, result) ->
                        Failure.explain(failure, context.terminal().err()))
                .setParameterExceptionHandler((problem, rest) -> {
                    PrintStream err = context.terminal().err();
                    err.println("error: " + Misuse.tell(problem));
                    err.println(
                            "Try `" + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
                    return Failure.CODE;
                })
                .setOut(writer(context.terminal().out()))
                .setErr(writer(context.terminal().err()));
        return commands.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
