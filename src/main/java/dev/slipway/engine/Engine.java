package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StackSession;
import dev.slipway.engine.state.StateException;
import dev.slipway.engine.state.StateStore;
import dev.slipway.engine.state.UpdateRecord;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.Severity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes what a program declares true, and records it. Stateless between runs; several may run at once on different stacks. */
public final class Engine {
    private final StateStore store;
    private final ProviderLoader providers;
    private final InstantSource clock;

    public Engine(StateStore store, ProviderLoader providers, InstantSource clock) {
        this.store = store;
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * Runs one operation to its end. A step that fails is told as an event and in the result; the last event is
     * {@link EngineEvent.Finished}.
     *
     * @throws StateException when nothing was begun because the stack is locked, does not exist (refresh, destroy), or its record can't be used
     */
    public OperationResult run(Operation operation, Request request, EventSink sink) {
        if (operation == Operation.UPDATE && request.program() == null) {
            throw new IllegalArgumentException("an update needs a program");
        }
        if (operation != Operation.UPDATE && !store.exists(request.stack())) {
            throw store.absent(request.stack());
        }
        var events = new Events(sink);
        OperationResult result =
                request.preview() ? preview(operation, request, events) : apply(operation, request, events);
        events.finished(result);
        return result;
    }

    private OperationResult preview(Operation operation, Request request, Events events) {
        Snapshot snapshot =
                store.load(request.stack(), request.secrets()).orElseGet(() -> Snapshot.empty(clock.instant()));
        return perform(operation, request, events, Ledger.inMemory(snapshot));
    }

    private OperationResult apply(Operation operation, Request request, Events events) {
        Instant start = clock.instant();
        try (StackSession session = store.open(request.stack(), request.secrets())) {
            OperationResult result = perform(operation, request, events, session);
            session.finish(record(operation, request, start, result));
            return result;
        }
    }

    private OperationResult perform(Operation operation, Request request, Events events, StackSession session) {
        session.notes().forEach(note -> events.log(Severity.INFO, Optional.empty(), note, false));
        return perform(operation, request, events, session.ledger());
    }

    private OperationResult perform(Operation operation, Request request, Events events, Ledger ledger) {
        var scope = new Scope(request.options().selection());
        var run = new Run(request, ledger, events, clock, new Seeds(request.seed()), scope);
        try (var deployment = new Deployment(run, (name, host) -> load(name, request.secrets(), host))) {
            return deployment.perform(operation);
        }
    }

    private Optional<ResourceProvider> load(String name, StackSecrets secrets, ProviderHost host) {
        if (name.equals(BuiltinProvider.PACKAGE)) {
            return Optional.of(new BuiltinProvider(
                    stack -> store.load(stack, secrets.ofAnotherStack()).orElseThrow(() -> store.absent(stack))));
        }
        return providers.load(name, host);
    }

    private UpdateRecord record(Operation operation, Request request, Instant start, OperationResult result) {
        Map<String, Integer> changes = new TreeMap<>();
        result.counts().forEach((op, count) -> changes.put(op.text(), count));
        return new UpdateRecord(
                request.options().adopting()
                        ? "resource-import"
                        : operation.name().toLowerCase(Locale.ROOT),
                start,
                clock.instant(),
                request.circumstances().get(),
                result.succeeded() ? "succeeded" : "failed",
                changes);
    }
}
