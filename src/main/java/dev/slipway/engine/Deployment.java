package dev.slipway.engine;

import dev.slipway.engine.OperationResult.Outcome;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One run over one ledger, from the leftovers of the last run to the last deletion. */
final class Deployment implements AutoCloseable {
    private final Run run;
    private final ProviderRegistry providers;
    private final Workers workers;
    private final Declared declared = new Declared();
    private final StepExecutor executor;
    private final Refresher refresher;
    private final Leftovers leftovers;
    private final Deletions deletions;

    Deployment(Run run, ProviderLoader loader) {
        this.run = run;
        this.providers = new ProviderRegistry(loader, run.events(), run.ledger());
        this.workers = new Workers(run.request().parallel());
        this.executor = new StepExecutor(run);
        this.refresher = new Refresher(run, providers, workers);
        this.leftovers = new Leftovers(run, providers, refresher, executor);
        this.deletions = new Deletions(run, providers, executor, workers);
        run.request().cancellation().onCancel(providers::cancel);
    }

    OperationResult perform(Operation operation) {
        Instant start = run.clock().instant();
        PropertyMap outputs = PropertyMap.EMPTY;
        // A preview cannot settle what an interrupted run left, so it must not say that there is nothing to do.
        boolean unfinished = !run.ledger().leftovers().isEmpty();
        try {
            leftovers.resolve();
            outputs = switch (operation) {
                case UPDATE -> update();
                case REFRESH -> refresh();
                case DESTROY -> destroy();
            };
        } catch (StepFailure e) {
            // Told already; what was done is recorded.
            outputs = recordedOutputs();
        }
        workers.rethrowFatal();
        Outcome outcome = run.events().failed() ? Outcome.FAILED : Outcome.SUCCEEDED;
        if (run.cancelled()) {
            outcome = Outcome.CANCELLED;
        }
        var took = Duration.between(start, run.clock().instant());
        boolean worked = run.events().worked() || unfinished;
        return new OperationResult(outcome, run.events().counts(), worked, outputs, took);
    }

    private PropertyMap update() {
        if (run.request().options().refresh()) {
            refresher.refreshSelected();
        }
        Set<Urn> recorded = recorded();
        run.requireThere(run.scope().namedReplacements(), recorded::contains);
        var olds = new OldResources(run.ledger());
        var generator = new StepGenerator(run, providers, declared, olds, executor);
        var monitor = new EngineMonitor(run, generator, providers, declared, workers);
        boolean whole = runProgram(monitor) && !run.cancelled();
        boolean failed = run.events().failed() || run.cancelled();
        PropertyMap outputs = monitor.finishStack(failed);
        // What a program that did not reach its end would have declared is not known, so nothing may be deleted.
        if (!failed || whole && run.continueOnError()) {
            leftovers.reclaim();
            deletions.delete(urn -> !declared.isClaimed(urn), run.scope().excludes());
        }
        if (whole) {
            run.requireThere(run.scope().namedTargets(), urn -> recorded.contains(urn) || declared.isClaimed(urn));
        }
        return outputs;
    }

    private Set<Urn> recorded() {
        return run.ledger().entries().stream().map(entry -> entry.state().urn()).collect(Collectors.toSet());
    }

    /** Whether the program reached its end. */
    @SuppressWarnings("try") // the leash is held, not used
    private boolean runProgram(EngineMonitor monitor) {
        Request request = run.request();
        Program program = request.program();
        if (program == null) {
            throw new IllegalArgumentException("an update needs a program");
        }
        var info = new ProgramInfo(
                request.stack().organization(),
                request.stack().project(),
                request.stack().stack(),
                request.root(),
                request.preview(),
                request.config(),
                request.secretKeys());
        try (var unused = new Leash(request.cancellation(), monitor::awaitQuiet)) {
            program.run(info, monitor);
            return true;
        } catch (ProgramFailed e) {
            // A program that ends because of a failed step only repeats what has been told; its own mistakes are news.
            boolean repeats = run.events().failed() && e.getCause() instanceof ResourceMonitor.RegistrationFailed;
            if (!repeats && !run.cancelled()) {
                run.events()
                        .tell(new Diagnostic(
                                Severity.ERROR,
                                Optional.empty(),
                                "the program failed",
                                String.valueOf(e.getMessage())));
            }
        } catch (RuntimeException e) {
            String title = "what runs the program failed: " + e;
            run.events().tell(new Diagnostic(Severity.ERROR, Optional.empty(), title, "Please report it."));
        } finally {
            monitor.awaitQuiet();
            workers.rethrowFatal();
        }
        return false;
    }

    private PropertyMap refresh() {
        refresher.refreshSelected();
        return recordedOutputs();
    }

    private PropertyMap destroy() {
        if (run.request().options().refresh()) {
            refresher.refreshSelected();
        }
        run.requireThere(run.scope().namedTargets(), recorded()::contains);
        leftovers.reclaim();
        deletions.delete((Urn urn) -> true, true);
        return run.scope().constrained() ? recordedOutputs() : PropertyMap.EMPTY;
    }

    private PropertyMap recordedOutputs() {
        return run.ledger().snapshot(run.clock().instant(), "").stackOutputs();
    }

    @Override
    public void close() {
        workers.close();
        providers.close();
    }
}
