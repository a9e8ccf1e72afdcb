package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.LogTail.Entry;
import dev.slipway.cli.LogTail.Source;
import dev.slipway.engine.state.ProviderReference;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.aws.LogReader;
import dev.slipway.provider.aws.Pause;
import dev.slipway.provider.aws.ProviderEnvironment;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Shows what the stack's services and their instances wrote, oldest first.")
final class LogsCommand implements Callable<Integer> {
    private static final String SERVICE = AwsProvider.PACKAGE + ":index:Service";

    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until interrupted.")
    private boolean follow;

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON; one object a line with --follow.")
    private boolean json;

    @Option(
            names = {"-r", "--resource"},
            paramLabel = "RESOURCE",
            description = "Only of this service: its name, TYPE::NAME or its URN.")
    private Optional<String> resource = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "Only what is younger: 30s, 2h30m, a time as 2026-01-31T12:00:00Z, or seconds since 1970"
                    + " (default: ${DEFAULT-VALUE}).")
    private String since = "1h";

    LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Instant start = Since.parse(since, Instant.now());
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        Snapshot snapshot = workspace.recorded(stack);
        List<ResourceState> services = services(stack, snapshot);
        ProviderEnvironment environment = World.of(
                        context.environment(),
                        workspace.configuration(stack).values(),
                        context.terminal().err()::println)
                .environment();
        List<LogReader> readers = new ArrayList<>();
        try {
            List<Source> sources = new ArrayList<>();
            for (ResourceState service : services) {
                LogReader reader = LogReader.of(environment, providerInputs(snapshot, service));
                readers.add(reader);
                sources.add(new Source(service.urn().name(), from -> reader.since(service.id(), from)));
            }
            print(new LogTail(sources, start));
            return 0;
        } catch (ProviderException e) {
            throw Failure.of(e);
        } finally {
            readers.forEach(LogReader::close);
        }
    }

    private List<ResourceState> services(Workspace.Stack stack, Snapshot snapshot) {
        List<ResourceState> services = snapshot.resources().stream()
                .filter(state -> state.type().equals(SERVICE) && !state.id().isEmpty())
                .filter(state -> resource.isEmpty() || isNamed(state, resource.get()))
                .toList();
        if (services.isEmpty()) {
            throw new Failure("the stack '" + stack.name().stack() + "' has no service"
                    + resource.map(name -> " `" + name + "`").orElse(""));
        }
        return services;
    }

    private static boolean isNamed(ResourceState state, String wanted) {
        String name = state.urn().name();
        return List.of(name, state.type() + "::" + name, state.urn().toString()).contains(wanted);
    }

    private static PropertyMap providerInputs(Snapshot snapshot, ResourceState service) {
        return Optional.ofNullable(service.links().provider())
                .flatMap(reference ->
                        snapshot.find(ProviderReference.parse(reference).urn()))
                .map(ResourceState::inputs)
                .orElse(PropertyMap.EMPTY);
    }

    private void print(LogTail tail) {
        PrintStream out = context.terminal().out();
        if (!json) {
            tail.more().forEach(entry -> out.println(entry.text()));
        } else if (follow) {
            tail.more().forEach(entry -> out.println(node(entry)));
        } else {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            tail.more().forEach(entry -> all.add(node(entry)));
            out.println(all.toPrettyString());
        }
        while (follow && Pause.real().pause(LogTail.INTERVAL, new CompletableFuture<>())) {
            tail.more().forEach(entry -> out.println(json ? node(entry).toString() : entry.text()));
            out.flush();
        }
    }

    private static ObjectNode node(Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("timestamp", entry.line().time().toEpochMilli())
                .put("message", entry.line().message());
    }
}
