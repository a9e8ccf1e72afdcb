package dev.slipway.cli;

import dev.slipway.cli.Workspace.Stack;
import dev.slipway.cli.display.Display;
import dev.slipway.cli.display.Display.Look;
import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.project.StackFile.StackConfig;
import dev.slipway.engine.Cancellation;
import dev.slipway.engine.Engine;
import dev.slipway.engine.ImportProgram;
import dev.slipway.engine.ImportProgram.Import;
import dev.slipway.engine.Operation;
import dev.slipway.engine.OperationResult;
import dev.slipway.engine.Request;
import dev.slipway.engine.Selection;
import dev.slipway.engine.plugin.PluginLoader;
import dev.slipway.engine.state.Circumstances;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StateException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** One command's way through the engine: preview, approval, run, and what it ends with. */
final class EngineRun {
    private final Context context;
    private final RunOptions options;
    private final Engine engine;
    private final Screen screen;
    private final Request request;
    private final Supplier<Circumstances> circumstances;
    private final Operation operation;
    private final Wording wording;

    /** How a person is told of it: the noun, and what it is called while it is done. */
    private record Wording(String noun, String doing) {
        static final Wording IMPORT = new Wording("import", "Importing");

        static Wording of(Operation operation) {
            return switch (operation) {
                case UPDATE -> new Wording("update", "Updating");
                case REFRESH -> new Wording("refresh", "Refreshing");
                case DESTROY -> new Wording("destroy", "Destroying");
            };
        }
    }

    private EngineRun(
            Context context,
            RunOptions options,
            Engine engine,
            Screen screen,
            Request request,
            Supplier<Circumstances> circumstances,
            Operation operation,
            Wording wording) {
        this.context = context;
        this.options = options;
        this.engine = engine;
        this.screen = screen;
        this.request = request;
        this.circumstances = circumstances;
        this.operation = operation;
        this.wording = wording;
    }

    /** Reads everything that can be wrong (files, configuration, program) before anything is started or touched. */
    static EngineRun prepare(
            Context context,
            StackOptions stackOptions,
            RunOptions options,
            Request.Options engineOptions,
            Operation operation) {
        int parallel = options.parallel();
        Workspace workspace = Workspace.open(context, stackOptions);
        Stack stack = workspace.stack();
        StackConfig config = workspace.configuration(stack);
        if (operation != Operation.UPDATE && !workspace.store().exists(stack.name())) {
            throw new Failure("the stack '" + stack.name().stack() + "' was never deployed; there is nothing to "
                    + (operation == Operation.DESTROY ? "destroy" : "refresh"));
        }
        Request request =
                request(workspace, stack, config).withParallel(parallel).withOptions(engineOptions);
        if (operation == Operation.UPDATE) {
            request = request.withProgram(ProgramLoader.load(context, workspace.project()));
        }
        return of(context, workspace, stack, config, options, request, operation, Wording.of(operation));
    }

    /** Takes resources over that exist, instead of running the project's program. */
    static EngineRun importing(
            Context context, Workspace workspace, Stack stack, RunOptions options, List<Import> items) {
        int parallel = options.parallel();
        StackConfig config = workspace.configuration(stack);
        Snapshot recorded = workspace.load(stack).orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        List<String> targets = items.stream()
                .map(item ->
                        item.urn(stack.name().stack(), stack.name().project()).text())
                .toList();
        Request request = request(workspace, stack, config)
                .withParallel(parallel)
                .withProgram(new ImportProgram(items, recorded))
                .withOptions(Request.Options.DEFAULT
                        .withAdopting(true)
                        .withSelection(Selection.ALL.withTargets(targets, false)));
        return of(context, workspace, stack, config, options, request, Operation.UPDATE, Wording.IMPORT);
    }

    private static EngineRun of(
            Context context,
            Workspace workspace,
            Stack stack,
            StackConfig config,
            RunOptions options,
            Request request,
            Operation operation,
            Wording wording) {
        var screen = new Screen(context.terminal().err());
        return new EngineRun(
                context,
                options,
                engine(context, workspace, config, screen),
                screen,
                request,
                circumstances(context, workspace, stack, options),
                operation,
                wording);
    }

    private static Supplier<Circumstances> circumstances(
            Context context, Workspace workspace, Stack stack, RunOptions options) {
        return () -> Surroundings.of(
                context.environment(), workspace.project(), stack.file(), options.flags(), options.message());
    }

    /** Slipway's own provider is built in; those of other packages are plugins. */
    private static Engine engine(Context context, Workspace workspace, StackConfig config, Screen screen) {
        World world = World.of(context.environment(), config.values(), screen::say);
        var plugins = new PluginLoader(
                workspace.project().providers(), workspace.project().root(), context.environment());
        return new Engine(
                workspace.store(),
                (name, host) -> world.load(name, host).or(() -> plugins.load(name, host)),
                InstantSource.system());
    }

    private static Request request(Workspace workspace, Stack stack, StackConfig config) {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return Request.of(
                        stack.name(),
                        workspace.project().root(),
                        stack.secrets(),
                        HexFormat.of().formatHex(seed))
                .withConfig(config.values(), config.secretKeys());
    }

    /** Shows what would happen; 0 when that is possible (and, if so asked, nothing). */
    int preview() {
        return ended(preview(context.terminal()));
    }

    /** Previews, gets the approval and makes it so. */
    int apply(ApproveOptions approval) {
        if (!approval.approved(context) && !context.terminal().interactive()) {
            throw new Failure("--yes or --skip-preview must be passed in non-interactive mode");
        }
        if (!approval.skipPreview()) {
            // One command prints one JSON document: the preview's only when it is all there is to tell.
            var document = new ByteArrayOutputStream();
            Terminal terminal = context.terminal();
            OperationResult planned = preview(
                    options.json()
                            ? terminal.printingTo(new PrintStream(document, true, StandardCharsets.UTF_8))
                            : terminal);
            boolean nothingToDo = !planned.worked() && operation != Operation.REFRESH;
            if (!planned.succeeded() || nothingToDo || (options.expectNoChanges() && planned.changed())) {
                terminal.out().print(document.toString(StandardCharsets.UTF_8));
                if (planned.succeeded() && nothingToDo && !options.json()) {
                    terminal.out().println("Nothing changed.");
                }
                return ended(planned);
            }
            if (!approval.approved(context)
                    && !context.terminal().confirm("Do you want to perform this " + wording.noun() + "?")) {
                throw new Failure("confirmation declined, not proceeding with the " + wording.noun());
            }
        }
        // Git is asked meanwhile.
        CompletableFuture<Circumstances> told = CompletableFuture.supplyAsync(circumstances);
        return ended(run(false, context.terminal(), request.withCircumstances(told::join)));
    }

    private OperationResult preview(Terminal terminal) {
        return run(true, terminal, request);
    }

    @SuppressWarnings("try") // both are there while the engine runs, and not asked for anything
    private OperationResult run(boolean preview, Terminal terminal, Request request) {
        HeadStart.end();
        var cancellation = new Cancellation();
        PrintStream err = context.terminal().err();
        IntConsumer halt = code -> Runtime.getRuntime().halt(code);
        try (var interrupt = new Interrupt(cancellation, err, halt);
                var exit = new EarlyExit(err, halt)) {
            Look look = new Look(title(preview), preview, options.json(), options.diff());
            screen.show(Display.of(terminal, look));
            return engine.run(operation, request.withPreview(preview).withCancellation(cancellation), screen::event);
        } catch (StateException e) {
            throw Failure.of(e);
        }
    }

    private int ended(OperationResult result) {
        if (!result.succeeded()) {
            return Failure.CODE;
        }
        if (options.expectNoChanges() && result.changed()) {
            context.terminal().err().println("error: no changes were expected but changes were proposed");
            return Failure.CODE;
        }
        return 0;
    }

    private String title(boolean preview) {
        String stack = " (" + request.stack().stack() + "):";
        return (preview ? "Previewing " + wording.noun() : wording.doing()) + stack;
    }
}
