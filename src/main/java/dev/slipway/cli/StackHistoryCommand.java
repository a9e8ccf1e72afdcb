package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.state.UpdateRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        aliases = "hist",
        mixinStandardHelpOptions = true,
        description = "Shows what was done to the stack, the youngest first.")
final class StackHistoryCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON.")
    private boolean json;

    @Option(names = "--full-dates", description = "Show when, instead of how long ago.")
    private boolean fullDates;

    @Option(names = "--page-size", paramLabel = "N", defaultValue = "10", description = "How many (default: 10).")
    private int pageSize = 10;

    @Option(names = "--page", paramLabel = "N", defaultValue = "1", description = "Which page, from 1 (default: 1).")
    private int page = 1;

    /** An update and its number, counted from the oldest. */
    private record Numbered(int version, UpdateRecord update) {}

    StackHistoryCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (page < 1 || pageSize < 1) {
            throw new Failure("--page and --page-size: expected 1 or more");
        }
        Workspace workspace = Workspace.open(context, options);
        List<Numbered> updates =
                page(workspace.store().history(workspace.stack().name()));
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            updates.forEach(update -> list.add(json(update)));
            context.terminal().out().println(list.toPrettyString());
        } else if (updates.isEmpty()) {
            context.terminal()
                    .out()
                    .println(
                            page > 1
                                    ? "No stack updates found on page '" + page + "'"
                                    : "Stack has never been updated");
        } else {
            updates.forEach(this::print);
        }
        return 0;
    }

    private List<Numbered> page(List<UpdateRecord> all) {
        List<Numbered> chosen = new ArrayList<>();
        long first = (long) (page - 1) * pageSize;
        for (long i = first; i < Math.min(all.size(), first + pageSize); i++) {
            chosen.add(new Numbered(all.size() - (int) i, all.get((int) i)));
        }
        return chosen;
    }

    private static ObjectNode json(Numbered numbered) {
        UpdateRecord update = numbered.update();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", numbered.version())
                .put("kind", update.kind())
                .put("startTime", update.started().toString())
                .put("message", update.message());
        node.putObject("environment");
        node.putObject("config");
        node.put("result", update.result()).put("endTime", update.ended().toString());
        ObjectNode changes = node.putObject("resourceChanges");
        new TreeMap<>(update.changes()).forEach(changes::put);
        return node;
    }

    private void print(Numbered numbered) {
        UpdateRecord update = numbered.update();
        PrintStream out = context.terminal().out();
        out.println("Version: " + numbered.version());
        out.println("UpdateKind: " + update.kind());
        out.println("Status: " + update.result());
        out.println("Message: " + update.message());
        String when = fullDates ? update.started().toString() : ago(Duration.between(update.started(), Instant.now()));
        out.println("+" + count(update, "create") + " -" + count(update, "delete") + " ~" + count(update, "update")
                + " " + count(update, "same") + " Updated " + when + " took "
                + Duration.between(update.started(), update.ended()).toSeconds() + "s");
        out.println();
    }

    private static int count(UpdateRecord update, String op) {
        return update.changes().getOrDefault(op, 0);
    }

    static String ago(Duration past) {
        if (past.toSeconds() < 60) {
            return past.toSeconds() < 1 ? "now" : counted(past.toSeconds(), "second");
        }
        if (past.toMinutes() < 60) {
            return counted(past.toMinutes(), "minute");
        }
        return past.toHours() < 24 ? counted(past.toHours(), "hour") : counted(past.toDays(), "day");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
