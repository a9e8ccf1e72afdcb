package dev.slipway.cli;

import dev.slipway.cli.Workspace.Stack;
import dev.slipway.cli.display.Display;
import dev.slipway.cli.display.Display.Look;
import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.project.StackFile.StackConfig;
import dev.slipway.engine.Cancellation;
import dev.slipway.engine.Engine;
import dev.slipway.engine.Operation;
import dev.slipway.engine.OperationResult;
import dev.slipway.engine.Request;
import dev.slipway.engine.state.StateException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/** One command's way through the engine: preview, approval, run, and what it ends with. */
final class EngineRun {
    private final Context context;
    private final RunOptions options;
    private final Engine engine;
    private final Request request;
    private final Operation operation;

    private EngineRun(Context context, RunOptions options, Engine engine, Request request, Operation operation) {
        this.context = context;
        this.options = options;
        this.engine = engine;
        this.request = request;
        this.operation = operation;
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
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        Request request = Request.of(
                        stack.name(),
                        workspace.project().root(),
                        stack.secrets(),
                        HexFormat.of().formatHex(seed))
                .withConfig(config.values(), config.secretKeys())
                .withParallel(parallel)
                .withMessage(options.message())
                .withOptions(engineOptions);
        if (operation == Operation.UPDATE) {
            request = request.withProgram(ProgramLoader.load(context, workspace.project()));
        }
        var engine = new Engine(workspace.store(), World.of(context, config.values()), InstantSource.system());
        return new EngineRun(context, options, engine, request, operation);
    }

    /** Shows what would happen; 0 when that is possible (and, if so asked, nothing). */
    int preview() {
        return ended(run(true, context.terminal()));
    }

    /** Previews, gets the approval and makes it so. */
    int apply(ApproveOptions approval) {
        if (!approval.approved(context) && !context.terminal().interactive()) {
            throw new Failure("--yes or --skip-preview must be passed in non-interactive mode");
        }
        if (!approval.skipPreview()) {
            // One command prints one JSON document: the preview's only when it is all there is to tell.
            var document = new ByteArrayOutputStream();
            Terminal screen = context.terminal();
            OperationResult planned = run(
                    true,
                    options.json()
                            ? screen.printingTo(new PrintStream(document, true, StandardCharsets.UTF_8))
                            : screen);
            boolean nothingToDo = !planned.worked() && operation != Operation.REFRESH;
            if (!planned.succeeded() || nothingToDo || (options.expectNoChanges() && planned.changed())) {
                screen.out().print(document.toString(StandardCharsets.UTF_8));
                if (planned.succeeded() && nothingToDo && !options.json()) {
                    screen.out().println("Nothing changed.");
                }
                return ended(planned);
            }
            if (!approval.approved(context)
                    && !context.terminal().confirm("Do you want to perform this " + word() + "?")) {
                throw new Failure("confirmation declined, not proceeding with the " + word());
            }
        }
        return ended(run(false, context.terminal()));
    }

    private OperationResult run(boolean preview, Terminal terminal) {
        var cancellation = new Cancellation();
        try (var unused = new Interrupt(cancellation, context.terminal().err(), code -> Runtime.getRuntime()
                .halt(code))) {
            Look look = new Look(title(preview), preview, options.json(), options.diff());
            return engine.run(
                    operation, request.withPreview(preview).withCancellation(cancellation), Display.of(terminal, look));
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

    private String word() {
        return switch (operation) {
            case UPDATE -> "update";
            case REFRESH -> "refresh";
            case DESTROY -> "destroy";
        };
    }

    private String title(boolean preview) {
        String stack = " (" + request.stack().stack() + "):";
        if (preview) {
            return "Previewing " + word() + stack;
        }
        return switch (operation) {
            case UPDATE -> "Updating" + stack;
            case REFRESH -> "Refreshing" + stack;
            case DESTROY -> "Destroying" + stack;
        };
    }
}
