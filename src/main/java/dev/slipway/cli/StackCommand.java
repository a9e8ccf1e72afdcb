package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.Workspace.Stack;
import dev.slipway.cli.display.Values;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "stack", mixinStandardHelpOptions = true, description = "Shows what is recorded of a stack.")
final class StackCommand implements Runnable {
    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    StackCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints the stack's outputs, or one of them.")
    int output(
            @Mixin StackOptions options,
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "One output's name.") Optional<String> name,
            @Option(
                            names = {"-j", "--json"},
                            description = "Print JSON.")
                    boolean json,
            @Option(names = "--show-secrets", description = "Print secrets in clear.") boolean showSecrets) {
        PropertyMap outputs = recorded(options).stackOutputs();
        PrintStream out = context.terminal().out();
        if (name.isPresent()) {
            PropertyValue value = outputs.get(name.get())
                    .orElseThrow(() -> new Failure("the stack '" + options.stack() + "' has no output '" + name.get()
                            + "'; it has: " + String.join(", ", new TreeMap<>(outputs.values()).keySet())));
            var node = Values.json(value, showSecrets);
            out.println(!json && node.isTextual() ? node.asText() : node.toString());
        } else if (json) {
            out.println(Values.json(outputs, showSecrets).toPrettyString());
        } else {
            new TreeMap<>(outputs.values())
                    .forEach((key, value) -> out.println(key + "  " + Values.line(value, showSecrets)));
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the project's stacks.")
    int ls(
            @Mixin StackOptions options,
            @Option(
                            names = {"-j", "--json"},
                            description = "Print JSON.")
                    boolean json) {
        Workspace workspace = Workspace.open(context, options);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        PrintStream out = context.terminal().out();
        if (!json) {
            out.printf("%-24s  %-24s  %s%n", "NAME", "LAST UPDATE", "RESOURCE COUNT");
        }
        for (String name : workspace.stacks()) {
            Optional<Snapshot> snapshot = load(workspace, name);
            String time = snapshot.map(found ->
                            found.time().truncatedTo(ChronoUnit.SECONDS).toString())
                    .orElse("n/a");
            String count = snapshot.map(
                            found -> Integer.toString(found.resources().size()))
                    .orElse("n/a");
            if (json) {
                var node = list.addObject().put("name", name).put("current", name.equals(options.stack()));
                snapshot.ifPresent(found -> node.put("lastUpdate", found.time().toString())
                        .put("resourceCount", found.resources().size()));
            } else {
                out.printf("%-24s  %-24s  %s%n", name + (name.equals(options.stack()) ? "*" : ""), time, count);
            }
        }
        if (json) {
            out.println(list.toPrettyString());
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints the stack's record as Pulumi exports it.")
    int export(
            @Mixin StackOptions options,
            @Option(names = "--file", paramLabel = "FILE", description = "Write to this file instead.")
                    Optional<Path> file,
            @Option(names = "--show-secrets", description = "Secrets in clear.") boolean showSecrets) {
        Workspace workspace = Workspace.open(context, options);
        Stack stack = workspace.stack(options.stack());
        String json = told(() -> workspace.store().export(stack.name(), stack.secrets(), showSecrets));
        try {
            if (file.isPresent()) {
                Files.writeString(context.directory().resolve(file.get()), json + "\n");
            } else {
                context.terminal().out().println(json);
            }
        } catch (IOException e) {
            throw new Failure("can't write " + file.get() + ": " + e.getMessage());
        }
        return 0;
    }

    private Snapshot recorded(StackOptions options) {
        Workspace workspace = Workspace.open(context, options);
        workspace.stack(options.stack());
        return load(workspace, options.stack())
                .orElseThrow(() -> new Failure("the stack '" + options.stack() + "' was never deployed"));
    }

    private static Optional<Snapshot> load(Workspace workspace, String name) {
        StackName stack = StackName.of(workspace.project().name(), name);
        return told(() -> workspace.store().load(stack, workspace.stack(name).secrets()));
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (StateException e) {
            throw Failure.of(e);
        }
    }
}
