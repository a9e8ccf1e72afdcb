package dev.slipway.engine;

import dev.slipway.engine.state.StateStore;
import dev.slipway.protocol.ProviderLoader;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes what a program declares true, and records it. Stateless between runs; several may run at once on different stacks. */
public final class Engine {

    public Engine(StateStore store, ProviderLoader providers, InstantSource clock, RandomGenerator random) {}

    /**
     * Runs one operation to its end. A step that fails is told as an event and in the result.
     *
     * @throws dev.slipway.engine.state.StateException when nothing was begun because the stack is locked or its record can't be used
     */
    public OperationResult run(Operation operation, Request request, EventSink events) {
        throw new UnsupportedOperationException("being written");
    }
}
