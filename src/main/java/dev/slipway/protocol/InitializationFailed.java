package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import java.util.List;

/**
 * The resource exists now but is not as it should be. The engine records {@code id} and {@code outputs}, so that the next run updates it
 * instead of making a second one.
 */
public final class InitializationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient PropertyMap inputs;
    private final transient PropertyMap outputs;
    private final transient List<String> reasons;

    /** @param inputs the inputs that are really in force (after a rolled-back update: the old ones) */
    public InitializationFailed(String id, PropertyMap inputs, PropertyMap outputs, List<String> reasons) {
        super(String.join("\n", reasons));
        this.id = id;
        this.inputs = inputs;
        this.outputs = outputs;
        this.reasons = List.copyOf(reasons);
    }

    public String id() {
        return id;
    }

    public PropertyMap inputs() {
        return inputs;
    }

    public PropertyMap outputs() {
        return outputs;
    }

    public List<String> reasons() {
        return reasons;
    }
}
