package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;

/** What a provider's configuration means: which world its handlers work in. */
public interface ProviderConfiguration extends AutoCloseable {
    /** Validates and fills in defaults; must not touch the network. */
    CheckResponse check(CheckRequest request);

    /** Whether changed configuration means another world. */
    DiffResponse diff(DiffRequest request);

    /** What it offers. Called once; the configuration may hold unknowns in a preview. */
    Handlers handlers(PropertyMap config);

    /** Turns a failure of a handler into what a person is told; {@code doing} is for example "create Service hello". */
    RuntimeException explain(String doing, RuntimeException failure);

    /** Whether a call that ended with this failure may have been carried out all the same. */
    boolean mayHaveHappened(RuntimeException failure);

    /** Asks waits to stop. */
    void cancel();

    @Override
    void close();
}
