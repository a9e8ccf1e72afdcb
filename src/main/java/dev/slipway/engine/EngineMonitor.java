package dev.slipway.engine;

import dev.slipway.engine.Declared.Declaration;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.Severity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers a running program: each declaration is worked on by a thread of its own as soon as it is made. */
final class EngineMonitor implements ResourceMonitor {
    private static final String GET_RESOURCE = "pulumi:pulumi:getResource";

    private final Run run;
    private final StepGenerator generator;
    private final ProviderRegistry providers;
    private final Declared declared;
    private final Workers workers;
    private final Object quiet = new Object();
    private int inFlight;
    private @Nullable PropertyMap stackOutputs;

    EngineMonitor(Run run, StepGenerator generator, ProviderRegistry providers, Declared declared, Workers workers) {
        this.run = run;
        this.generator = generator;
        this.providers = providers;
        this.declared = declared;
        this.workers = workers;
    }

    @Override
    public CompletableFuture<Registered> register(Goal goal) {
        return submit(() -> answer(generator.declare(goal)));
    }

    @Override
    public CompletableFuture<Registered> read(Goal goal, String id) {
        return submit(() -> {
            if (run.preview() && id.isEmpty()) {
                // The id is an output that does not exist yet, so nothing can be read.
                String above = goal.parent().map(Urn::qualifiedType).orElse("");
                return new Registered(run.urn(above, goal.type(), goal.name()), "", PropertyMap.EMPTY);
            }
            return answer(generator.read(goal, id));
        });
    }

    /** A component's recorded outputs may name what is not declared yet in this run, so its program is told none. */
    private static Registered answer(Declaration declaration) {
        ResourceState state = declaration.state();
        PropertyMap outputs = state.custom() ? Secrecy.known(state.outputs()) : PropertyMap.EMPTY;
        return new Registered(state.urn(), state.id(), outputs);
    }

    @Override
    public CompletableFuture<Void> registerOutputs(Urn urn, PropertyMap outputs) {
        Supplier<@Nullable Void> task = () -> {
            Declaration declaration = declared.find(urn)
                    .orElseThrow(
                            () -> run.fail(urn, "outputs of `" + urn + "`", "It is not declared by this program."));
            if (urn.type().equals(Urn.STACK_TYPE)) {
                setStackOutputs(outputs);
            } else {
                recordOutputs(declaration, outputs);
            }
            return null;
        };
        return submit(task);
    }

    private synchronized void setStackOutputs(PropertyMap outputs) {
        stackOutputs = outputs;
    }

    private void recordOutputs(Declaration declaration, PropertyMap outputs) {
        if (declaration.key().isEmpty()) {
            return;
        }
        int key = declaration.key().get();
        ResourceState state = run.ledger().get(key).orElseGet(declaration::state);
        if (outputs.containsSecret()) {
            requirePassphrase(state.urn());
        }
        if (!state.outputs().equals(outputs)) {
            run.events().outputs(state.urn(), state.outputs(), outputs);
            run.ledger().record(Change.NONE.set(key, state.withOutputs(outputs)));
        }
    }

    private void requirePassphrase(Urn urn) {
        try {
            run.request().secrets().requirePassphrase();
        } catch (StateException e) {
            throw run.fail(urn, StepGenerator.title(urn) + " has a secret output", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Gives the stack its outputs when the program has ended: a failed one may not have come to all of them, so the recorded ones stay beside.
     */
    PropertyMap finishStack(boolean failed) {
        Urn urn = run.urn(
                "", Urn.STACK_TYPE, run.stack().project() + "-" + run.stack().stack());
        PropertyMap fresh;
        synchronized (this) {
            fresh = stackOutputs == null ? PropertyMap.EMPTY : stackOutputs;
        }
        Optional<Declaration> declaration = declared.find(urn);
        if (declaration.isEmpty()) {
            return run.ledger().snapshot(run.clock().instant(), "").stackOutputs();
        }
        PropertyMap outputs = fresh;
        if (failed) {
            outputs = declaration
                    .get()
                    .key()
                    .flatMap(run.ledger()::get)
                    .map(ResourceState::outputs)
                    .orElse(PropertyMap.EMPTY);
            for (var entry : fresh.values().entrySet()) {
                outputs = outputs.with(entry.getKey(), entry.getValue());
            }
        }
        recordOutputs(declaration.get(), outputs);
        return outputs;
    }

    @Override
    public CompletableFuture<PropertyMap> invoke(String token, PropertyMap arguments, Optional<String> provider) {
        return submit(() -> {
            if (token.equals(GET_RESOURCE)) {
                return getResource(arguments.text("urn").orElse(""));
            }
            ResourceProvider callee =
                    provider.map(providers::get).orElseGet(() -> generator.providerFor(Inheritance.packageOf(token)));
            InvokeResponse response = callee.invoke(new InvokeRequest(token, arguments, run.preview()));
            if (!response.failures().isEmpty()) {
                throw new ProviderException("call `" + token + "`: "
                        + response.failures().stream()
                                .map(failure -> failure.path() + ": " + failure.reason())
                                .collect(Collectors.joining("; ")));
            }
            return response.result();
        });
    }

    private PropertyMap getResource(String name) {
        Declaration declaration = Optional.of(name)
                .filter(text -> text.startsWith("urn:pulumi:"))
                .flatMap(text -> declared.find(new Urn(text)))
                .orElseThrow(() -> new ProviderException("There is no resource `" + name + "` in this program."));
        return PropertyMap.of("urn", PropertyValue.of(name))
                .with("id", PropertyValue.of(declaration.state().id()))
                .with("state", Secrecy.known(declaration.state().outputs()));
    }

    @Override
    public void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral) {
        run.events().log(severity, urn, message, ephemeral);
    }

    private <T> CompletableFuture<T> submit(Supplier<T> task) {
        synchronized (quiet) {
            inFlight++;
        }
        CompletableFuture<T> future = workers.submit(() -> guarded(task));
        var unused = future.whenComplete((value, failure) -> {
            synchronized (quiet) {
                if (--inFlight == 0) {
                    quiet.notifyAll();
                }
            }
        });
        return future;
    }

    /** After a failure or a cancellation nothing new begins; a preview goes on, to find everything that is wrong, and so does who asked for it. */
    private <T> T guarded(Supplier<T> task) {
        if (run.cancelled()) {
            throw new RegistrationFailed("the run was cancelled");
        }
        if (run.events().failed() && !run.preview() && !run.continueOnError()) {
            throw new RegistrationFailed("another resource failed before");
        }
        try {
            return task.get();
        } catch (StepFailure e) {
            throw new RegistrationFailed(String.valueOf(e.getMessage()));
        } catch (ProviderException | StateException e) {
            run.events().tell(new Diagnostic(Severity.ERROR, Optional.empty(), String.valueOf(e.getMessage()), ""));
            throw new RegistrationFailed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            run.events()
                    .tell(new Diagnostic(
                            Severity.ERROR,
                            Optional.empty(),
                            "a fault of the engine or of a provider: " + e,
                            "Please report it."));
            throw new RegistrationFailed(e.toString());
        }
    }

    /** Returns when everything the program began has ended, also what the program no longer waits for. */
    void awaitQuiet() {
        boolean interrupted = false;
        synchronized (quiet) {
            while (inFlight > 0) {
                try {
                    quiet.wait();
                } catch (InterruptedException e) {
                    // What is in flight has to be recorded all the same.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
