package dev.slipway.provider;

import dev.slipway.property.Urn;
import dev.slipway.protocol.PropertyDiff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One type of resource, over records. Only {@link #create} is required; the others have defaults that suit a resource with nothing to read
 * or delete. A handler that can change a resource in place is an {@link Updatable}; for any other, every change is a replacement. A
 * handler may be called from several threads at once.
 *
 * @param <I> the inputs: components {@code @Nullable}, {@link Required} when a program must give them
 * @param <S> the state: the inputs' names with the values that the cloud has, and further outputs; all {@code @Nullable}
 */
public interface ResourceHandler<I extends Record, S extends Record> {
    Class<I> inputs();

    Class<S> state();

    /** Validates, fills in defaults. Default: what the types of the record say. */
    default void check(Checking<I> checking) {}

    /** Differences that no input shows, for example a policy that someone else changed. Default: none. */
    default List<PropertyDiff> drift(Drift<I, S> look) {
        return List.of();
    }

    /** The input that is the physical name; two resources can't have the same one at a time. Default: none. */
    default Optional<PhysicalName> physicalName() {
        return Optional.empty();
    }

    /** Outputs that an update never changes. Default: none. */
    default List<String> stables() {
        return List.of();
    }

    /**
     * Makes the resource. Must find what an earlier call with the same URN made when its answer was lost, and never make a second one.
     *
     * @throws Unhealthy when it exists now but doesn't work
     */
    Made<S> create(Create<I> call);

    /** Looks at what is there. Default: what was recorded is there. */
    default Optional<Found<I, S>> read(Read<I, S> call) {
        return call.inputs().flatMap(inputs -> call.state().map(state -> new Found<>(call.id(), inputs, state)));
    }

    /** Deletes; a resource that is gone already is success. Default: there is nothing to delete. */
    default void delete(Delete<S> call) {}

    /** A handler that changes a resource in place. */
    interface Updatable<I extends Record, S extends Record> extends ResourceHandler<I, S> {
        /** @throws Unhealthy when the update failed: with the old inputs when it was rolled back */
        S update(Update<I, S> call);
    }

    /**
     * @param property the input that holds the name
     * @param longest the most characters that a name may have
     * @param small whether a name may have only small letters, digits and single dashes between them
     */
    record PhysicalName(String property, int longest, boolean small) {
        public PhysicalName(String property, int longest) {
            this(property, longest, false);
        }
    }

    /**
     * @param olds the checked inputs of the last run
     * @param recorded its outputs
     */
    record Drift<I, S>(Urn urn, I olds, I news, S recorded) {}

    /** @param timeout how long to wait for readiness; empty: the handler's default */
    record Create<I>(Urn urn, I inputs, Optional<Duration> timeout) {}

    record Made<S>(String id, S state) {}

    record Update<I, S>(String id, Urn urn, I oldInputs, S oldState, I inputs, Optional<Duration> timeout) {}

    /** Inputs and state are empty for an import. */
    record Read<I, S>(String id, Urn urn, Optional<I> inputs, Optional<S> state) {}

    record Found<I, S>(String id, I inputs, S state) {}

    record Delete<S>(String id, Urn urn, S state, Optional<Duration> timeout) {}
}
