package dev.slipway.engine.state;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything recorded of one stack at one time.
 *
 * @param time when it was written
 * @param version the version of the engine that wrote it
 * @param secretsState the passphrase check ({@code v1:SALT:CIPHERTEXT}); absent when no secret was ever recorded
 * @param resources every resource after all that it needs
 */
public record Snapshot(
        Instant time,
        String version,
        @Nullable String secretsState,
        List<ResourceState> resources,
        List<PendingOperation> pending) {
    public Snapshot {
        Objects.requireNonNull(time, "time is null");
        resources = List.copyOf(resources);
        pending = List.copyOf(pending);
    }

    public static Snapshot empty(Instant time) {
        return new Snapshot(time, "", null, List.of(), List.of());
    }

    /** The same at another time, with other resources. */
    Snapshot with(List<ResourceState> others) {
        return new Snapshot(time, version, secretsState, others, pending);
    }

    /** The live resource of this name: not one that waits to be deleted. */
    public Optional<ResourceState> find(Urn urn) {
        return resources.stream()
                .filter(state -> state.urn().equals(urn) && !state.marks().delete())
                .findFirst();
    }

    /** What the program exported at the end of the last successful run; secrets are wrapped. */
    public PropertyMap stackOutputs() {
        return resources.stream()
                .filter(state -> state.type().equals(Urn.STACK_TYPE))
                .map(ResourceState::outputs)
                .findFirst()
                .orElse(PropertyMap.EMPTY);
    }
}
