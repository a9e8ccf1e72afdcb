package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.display.Table;
import dev.slipway.engine.state.StackName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "tag", mixinStandardHelpOptions = true, description = "Names and values that are kept with a stack.")
final class StackTagCommand implements Runnable {
    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    StackTagCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints one tag's value.")
    int get(@Mixin StackOptions options, @Parameters(paramLabel = "NAME") String name) {
        Workspace workspace = Workspace.open(context, options);
        StackName stack = workspace.stack().name();
        String value = Optional.ofNullable(workspace.store().tags(stack).get(name))
                .orElseThrow(() -> new Failure("stack tag '" + name + "' not found for stack '" + stack.stack() + "'"));
        context.terminal().out().println(value);
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the stack's tags.")
    int ls(
            @Mixin StackOptions options,
            @Option(
                            names = {"-j", "--json"},
                            description = "Print JSON.")
                    boolean json) {
        Workspace workspace = Workspace.open(context, options);
        Map<String, String> tags =
                new TreeMap<>(workspace.store().tags(workspace.stack().name()));
        if (json) {
            var node = JsonNodeFactory.instance.objectNode();
            tags.forEach(node::put);
            context.terminal().out().println(node.toPrettyString());
        } else {
            var table = new Table("NAME", "VALUE");
            tags.forEach(table::row);
            table.print(context.terminal().out(), "");
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a tag.")
    int rm(@Mixin StackOptions options, @Parameters(paramLabel = "NAME") String name) {
        return change(options, name, Optional.empty());
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets a tag.")
    int set(
            @Mixin StackOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "VALUE") String value) {
        return change(options, name, Optional.of(value));
    }

    private int change(StackOptions options, String name, Optional<String> value) {
        Workspace workspace = Workspace.open(context, options);
        StackName stack = workspace.stack().name();
        Map<String, String> tags = new TreeMap<>(workspace.store().tags(stack));
        tags.remove(name);
        value.ifPresent(text -> tags.put(name, text));
        workspace.store().setTags(stack, tags);
        return 0;
    }
}
