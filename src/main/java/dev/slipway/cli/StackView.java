package dev.slipway.cli;

import dev.slipway.cli.display.Table;
import dev.slipway.cli.display.Values;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What is recorded of a stack, for a person: its resources as a tree, and its outputs. */
record StackView(PrintStream out, boolean urns, boolean ids, boolean showSecrets) {
    void print(String name, Snapshot snapshot) {
        out.println("Current stack is " + name + ":");
        if (snapshot.time().isAfter(Instant.EPOCH)) {
            out.println("    Last updated: " + snapshot.time().truncatedTo(ChronoUnit.SECONDS));
        }
        out.println("Current stack resources (" + snapshot.resources().size() + "):");
        printResources(snapshot.resources());
        var outputs = new TreeMap<>(snapshot.stackOutputs().values());
        out.println();
        if (outputs.isEmpty()) {
            out.println("Current stack outputs (0):");
            out.println("    No output values currently in this stack");
        } else {
            out.println("Current stack outputs (" + outputs.size() + "):");
            var table = new Table("OUTPUT", "VALUE");
            outputs.forEach((key, value) -> {
                var json = Values.json(value, showSecrets);
                table.row(key, json.isTextual() ? json.asText() : json.toString());
            });
            table.print(out, "    ");
        }
        if (!snapshot.pending().isEmpty()) {
            out.println();
            out.println("An interrupted run left " + snapshot.pending().size()
                    + " operation(s) whose end is not known; the next `up` or `refresh` finds out.");
        }
    }

    private void printResources(List<ResourceState> resources) {
        if (resources.isEmpty()) {
            out.println("    No resources currently in this stack");
            return;
        }
        var table = new Table("TYPE", "NAME");
        Set<Integer> done = new HashSet<>();
        for (int i = 0; i < resources.size(); i++) {
            boolean root = resources
                    .get(i)
                    .parent()
                    .map(parent ->
                            resources.stream().noneMatch(state -> state.urn().equals(parent)))
                    .orElse(true);
            if (root) {
                rows(resources, i, "", "", table, done);
            }
        }
        table.print(out, "    ");
    }

    private void rows(List<ResourceState> all, int at, String lead, String below, Table table, Set<Integer> done) {
        if (!done.add(at)) {
            return;
        }
        ResourceState state = all.get(at);
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).parent().filter(state.urn()::equals).isPresent() && !done.contains(i)) {
                children.add(i);
            }
        }
        table.row(lead + state.type(), state.urn().name() + marks(state));
        String inner = below + (children.isEmpty() ? "   " : "│  ");
        if (urns) {
            table.line(inner + "URN: " + state.urn());
        }
        if (ids && !state.id().isEmpty()) {
            table.line(inner + "ID: " + state.id());
        }
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            rows(all, children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "), table, done);
        }
    }

    private static String marks(ResourceState state) {
        return (state.marks().protect() ? " [protected]" : "")
                + (state.marks().delete() ? " [waits to be deleted]" : "")
                + (state.initErrors().isEmpty() ? "" : " [not as it should be]");
    }
}
