package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.project.StackFile;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateException;
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
    /** What Pulumi shows for a secret that was encrypted with another passphrase. */
    private static final String UNREADABLE = "ERROR_UNABLE_TO_DECRYPT";

    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON.")
    private boolean json;

    @Option(names = "--show-secrets", description = "Show secret configuration values in clear, in JSON.")
    private boolean showSecrets;

    @Option(names = "--full-dates", description = "Show when, instead of how long ago.")
    private boolean fullDates;

    @Option(
            names = "--page-size",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many; 0 for all (default: 10).")
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
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        List<Numbered> updates = page(workspace.store().history(stack.name()));
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            updates.forEach(update -> list.add(json(update, stack.secrets())));
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
        long size = pageSize < 1 ? all.size() : pageSize;
        long first = pageSize < 1 ? 0 : (Math.max(page, 1) - 1) * size;
        for (long i = first; i < Math.min(all.size(), first + size); i++) {
            chosen.add(new Numbered(all.size() - (int) i, all.get((int) i)));
        }
        return chosen;
    }

    private ObjectNode json(Numbered numbered, StackSecrets secrets) {
        UpdateRecord update = numbered.update();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", numbered.version())
                .put("kind", update.kind())
                .put("startTime", update.started().toString())
                .put("message", update.circumstances().message());
        ObjectNode environment = node.putObject("environment");
        update.circumstances().environment().forEach(environment::put);
        ObjectNode config = node.putObject("config");
        update.circumstances().config().forEach((key, value) -> config.set(key, json(value, secrets)));
        node.put("result", update.result()).put("endTime", update.ended().toString());
        ObjectNode changes = node.putObject("resourceChanges");
        new TreeMap<>(update.changes()).forEach(changes::put);
        return node;
    }

    private ObjectNode json(JsonNode value, StackSecrets secrets) {
        boolean secret = StackFile.isSecret(value);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!secret || showSecrets) {
            try {
                JsonNode clear = StackFile.reveal(value, secrets::decrypt);
                node.put("value", StackFile.text(clear));
                if (clear.isContainerNode()) {
                    node.set("objectValue", clear);
                }
            } catch (StateException e) {
                node.put("value", UNREADABLE);
            }
        }
        return node.put("secret", secret);
    }

    private void print(Numbered numbered) {
        UpdateRecord update = numbered.update();
        PrintStream out = context.terminal().out();
        out.println("Version: " + numbered.version());
        out.println("UpdateKind: " + update.kind());
        out.println("Status: " + update.result());
        out.println("Message: " + update.circumstances().message());
        String when = fullDates ? update.started().toString() : ago(Duration.between(update.started(), Instant.now()));
        out.println("+" + count(update, "create") + " -" + count(update, "delete") + " ~" + count(update, "update")
                + " " + count(update, "same") + " Updated " + when + " took "
                + Duration.between(update.started(), update.ended()).toSeconds() + "s");
        update.circumstances().environment().forEach((name, value) -> {
            if (!value.isBlank()) {
                out.println("    " + name + ": " + value);
            }
        });
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
