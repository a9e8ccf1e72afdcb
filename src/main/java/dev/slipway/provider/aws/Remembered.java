package dev.slipway.provider.aws;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is true of a service and what App Runner doesn't know: only the state has it. */
record Remembered(
        @Nullable Map<String, String> redeployOn,
        @Nullable Boolean redeployMovedTag,
        @Nullable String deployedDigest) {
    static final Remembered NOTHING = new Remembered(null, null, null);

    static Remembered of(ServiceState state) {
        return new Remembered(state.redeployOn(), state.redeployMovedTag(), state.deployedDigest());
    }

    /** What will be remembered when these inputs are deployed now. */
    static Remembered deployed(ServiceInputs inputs, Optional<String> digest) {
        return new Remembered(inputs.redeployOn(), inputs.redeployMovedTag(), digest.orElse(null));
    }

    /** The same with what is deployed by now; null when that is not known. */
    Remembered deployed(@Nullable String digest) {
        return new Remembered(redeployOn, redeployMovedTag, digest);
    }

    /** The same deployment under inputs that needed none. */
    Remembered with(ServiceInputs inputs) {
        return new Remembered(inputs.redeployOn(), inputs.redeployMovedTag(), deployedDigest);
    }

    /** Whether these inputs have a trigger that the last deployment had not, or not so. */
    boolean triggered(ServiceInputs inputs) {
        Map<String, String> before = redeployOn == null ? Map.of() : redeployOn;
        return inputs.redeployOn() != null
                && !before.entrySet().containsAll(inputs.redeployOn().entrySet());
    }
}
