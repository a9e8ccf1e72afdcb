package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.cli.display.Table;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists the project's stacks.")
final class StackListCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON.")
    private boolean json;

    @Option(
            names = {"-a", "--all"},
            description = "The recorded stacks of every project whose record is in the same place.")
    private boolean all;

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "NAME[=VALUE]",
            description = "Only stacks with this tag.")
    private Optional<String> tag = Optional.empty();

    StackListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.open(context, options);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        var table = new Table("NAME", "LAST UPDATE", "RESOURCE COUNT");
        for (StackName name : names(workspace)) {
            boolean ours = name.project().equals(workspace.project().name());
            boolean current = ours && name.stack().equals(workspace.stackName());
            Optional<Snapshot> snapshot =
                    ours ? workspace.load(workspace.stack(name.stack())) : workspace.loadAnother(name);
            String shown = all ? name.toString() : name.stack();
            String time = snapshot.map(found ->
                            found.time().truncatedTo(ChronoUnit.SECONDS).toString())
                    .orElse("n/a");
            String count = snapshot.map(
                            found -> Integer.toString(found.resources().size()))
                    .orElse("n/a");
            table.row(shown + (current ? "*" : ""), time, count);
            var node = list.addObject().put("name", shown).put("current", current);
            snapshot.ifPresent(found -> node.put("lastUpdate", found.time().toString())
                    .put("resourceCount", found.resources().size()));
        }
        if (json) {
            context.terminal().out().println(list.toPrettyString());
        } else {
            table.print(context.terminal().out(), "");
        }
        return 0;
    }

    private List<StackName> names(Workspace workspace) {
        List<StackName> names = new ArrayList<>();
        if (all) {
            names.addAll(workspace.store().list());
        } else {
            workspace
                    .stacks()
                    .forEach(name -> names.add(StackName.of(workspace.project().name(), name)));
        }
        tag.ifPresent(wanted -> names.removeIf(name -> !tagged(workspace.store().tags(name), wanted)));
        return names;
    }

    private static boolean tagged(Map<String, String> tags, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? tags.containsKey(wanted)
                : wanted.substring(equals + 1).equals(tags.get(wanted.substring(0, equals)));
    }
}
