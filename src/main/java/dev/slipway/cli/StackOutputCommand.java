package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.display.Values;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "output", mixinStandardHelpOptions = true, description = "Prints the stack's outputs, or one of them.")
final class StackOutputCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One output's name.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON.")
    private boolean json;

    @Option(names = "--shell", description = "Print assignments that a POSIX shell understands.")
    private boolean shell;

    @Option(names = "--show-secrets", description = "Print secrets in clear.")
    private boolean showSecrets;

    StackOutputCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (json && shell) {
            throw new Failure("only one of --json and --shell may be set");
        }
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        PropertyMap outputs = workspace.recorded(stack).stackOutputs();
        Map<String, PropertyValue> sorted = new TreeMap<>(outputs.values());
        PrintStream out = context.terminal().out();
        if (name.isPresent()) {
            PropertyValue value = outputs.get(name.get())
                    .orElseThrow(() -> new Failure("the stack '" + stack.name().stack() + "' has no output '"
                            + name.get() + "'; it has "
                            + (sorted.isEmpty() ? "none" : "these: " + String.join(", ", sorted.keySet()))));
            var node = Values.json(value, showSecrets);
            out.println(shell ? assignment(name.get(), node) : json ? node.toString() : text(node));
        } else if (json) {
            out.println(Values.json(outputs, showSecrets).toPrettyString());
        } else if (shell) {
            sorted.forEach((key, value) -> out.println(assignment(key, Values.json(value, showSecrets))));
        } else {
            sorted.forEach((key, value) -> out.println(key + "  " + Values.line(value, showSecrets)));
        }
        return 0;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }

    private static String assignment(String key, JsonNode node) {
        return key.replaceAll("[^A-Za-z0-9_]", "_") + "='" + text(node).replace("'", "'\\''") + "'";
    }
}
