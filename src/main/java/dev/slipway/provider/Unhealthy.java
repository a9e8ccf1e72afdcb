package dev.slipway.provider;

import java.util.List;

/** A resource exists now, but is not as it should be. The engine records it, and the next run updates it instead of making a second one. */
public final class Unhealthy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final transient Record state;
    private final boolean oldInputsInForce;
    private final transient List<String> reasons;

    private Unhealthy(String id, Record state, boolean oldInputsInForce, List<String> reasons) {
        super(String.join("\n", reasons));
        this.id = id;
        this.state = state;
        this.oldInputsInForce = oldInputsInForce;
        this.reasons = List.copyOf(reasons);
    }

    /** The inputs of this run are in force, but the resource doesn't work. */
    public static Unhealthy withNewInputs(String id, Record state, List<String> reasons) {
        return new Unhealthy(id, state, false, reasons);
    }

    /** The update was taken back: the inputs of the last run are in force. */
    public static Unhealthy rolledBack(String id, Record state, List<String> reasons) {
        return new Unhealthy(id, state, true, reasons);
    }

    String id() {
        return id;
    }

    Record state() {
        return state;
    }

    boolean oldInputsInForce() {
        return oldInputsInForce;
    }

    List<String> reasons() {
        return reasons;
    }
}
