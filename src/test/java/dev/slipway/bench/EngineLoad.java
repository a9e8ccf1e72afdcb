package dev.slipway.bench;

import dev.slipway.engine.Engine;
import dev.slipway.engine.EventSink;
import dev.slipway.engine.Goal;
import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.engine.Operation;
import dev.slipway.engine.OperationResult;
import dev.slipway.engine.Program;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.Request;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.engine.ResourceMonitor.Registered;
import dev.slipway.engine.program.CommonPool;
import dev.slipway.engine.program.InProcessProgram;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateStore;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One run of the embedded engine over many resources, in a process of its own; says the time and the memory that it took. */
final class EngineLoad {
    private EngineLoad() {}

    /** @param arguments {@code up|preview}, {@code direct|java}, {@code wide|chains}, the number of resources, the state's directory */
    public static void main(String[] arguments) throws IOException {
        CommonPool.widen();
        int count = Integer.parseInt(arguments[3]);
        boolean chained = arguments[2].equals("chains");
        Path directory = Path.of(arguments[4]);
        Program program = arguments[1].equals("java")
                ? new InProcessProgram(context -> EngineProgram.declare(count, chained))
                : (info, monitor) -> declare(info, monitor, count, chained);
        var secrets = new StackSecrets(Optional.empty(), Optional::empty, new Random(1));
        var engine = new Engine(
                new StateStore(directory, InstantSource.system(), new Random()),
                (name, host) -> Optional.of(new NoProvider()),
                InstantSource.system());
        Request request = Request.of(StackName.of("bench", "dev"), directory, secrets, "seed")
                .withProgram(program)
                .withPreview(arguments[0].equals("preview"));
        long begin = System.nanoTime();
        OperationResult result = engine.run(Operation.UPDATE, request, EventSink.NONE);
        long took = System.nanoTime() - begin;
        if (!result.succeeded()) {
            throw new IOException("the run failed: " + result);
        }
        // The last line is for whoever started this; then everything ends at once, as in a command.
        System.out.println(took / 1e6 + " " + peak() / 1024.0 + " " + result.changed());
        System.exit(0);
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** The engine alone: what the SDK takes is not in it. */
    private static void declare(ProgramInfo info, ResourceMonitor monitor, int count, boolean chained) {
        Registered root = monitor.register(goal(
                        Urn.STACK_TYPE, info.project() + "-" + info.stack(), false, Optional.empty(), List.of(), ""))
                .join();
        List<CompletableFuture<?>> all = new ArrayList<>();
        CompletableFuture<Registered> last = CompletableFuture.completedFuture(root);
        for (int i = 0; i < count; i++) {
            String name = "thing-" + i;
            if (EngineProgram.startsChain(i, chained)) {
                last = monitor.register(
                        goal(EngineProgram.TYPE, name, true, Optional.of(root.urn()), List.of(), "none"));
            } else {
                last = last.thenCompose(before -> monitor.register(goal(
                        EngineProgram.TYPE,
                        name,
                        true,
                        Optional.of(root.urn()),
                        List.of(before.urn()),
                        before.outputs().text("url").orElse(""))));
            }
            all.add(last);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        monitor.registerOutputs(root.urn(), PropertyMap.EMPTY).join();
    }

    private static Goal goal(
            String type, String name, boolean custom, Optional<Urn> parent, List<Urn> needs, String link) {
        PropertyMap inputs = custom
                ? PropertyMap.of("link", PropertyValue.of(link)).with("size", PropertyValue.of(1))
                : PropertyMap.EMPTY;
        return new Goal(
                type,
                name,
                custom,
                parent,
                inputs,
                Set.copyOf(needs),
                needs.isEmpty() ? Map.of() : Map.of("link", Set.copyOf(needs)),
                Optional.empty(),
                Map.of(),
                GoalOptions.NONE);
    }
}
