package dev.slipway.cli.project;

import java.util.List;

/** What is wrong with a project's files: every problem found, each with the file and the place in it. */
public final class ProjectProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProjectProblem(String message) {
        super(message);
    }

    /** Several problems told at once, one a line, under a title. */
    public ProjectProblem(String title, List<String> problems) {
        super(title + "\n  - " + String.join("\n  - ", problems));
    }
}
