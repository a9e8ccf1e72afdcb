package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a running program may ask of the engine. Thread-safe; answers come when the operation behind them is done. */
public interface ResourceMonitor {
    /**
     * Declares a resource. The answer is its state after the step that makes the declaration true; it fails with
     * {@link RegistrationFailed} when that step failed.
     */
    CompletableFuture<Registered> register(Goal goal);

    /** Sets the outputs of a component or of the stack, once its children are declared. */
    CompletableFuture<Void> registerOutputs(Urn urn, PropertyMap outputs);

    /** Reads a resource that somebody else manages ({@code X.get(name, id)}). */
    CompletableFuture<Registered> read(Goal goal, String id);

    /** Calls a provider's function; {@code provider} is a provider reference ({@code URN::ID}), empty for the default provider. */
    CompletableFuture<PropertyMap> invoke(String token, PropertyMap arguments, Optional<String> provider);

    void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral);

    /** The state of a resource after its registration. Unknown outputs (preview) are left out; an unknown id is empty. */
    record Registered(Urn urn, String id, PropertyMap outputs) {}

    /** The step behind a registration failed; the reason has been told as an event, so a program need not repeat it. */
    final class RegistrationFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public RegistrationFailed(String message) {
            super(message);
        }
    }
}
