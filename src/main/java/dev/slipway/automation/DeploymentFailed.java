package dev.slipway.automation;

import java.util.List;

/** A run did not do all that it was to do. What was done is recorded, and the next run goes on from there. The message is for a person. */
public final class DeploymentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    DeploymentFailed(String title, List<String> problems) {
        super(problems.isEmpty() ? title : title + "\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem that was told, in its order. */
    public List<String> problems() {
        return problems;
    }
}
