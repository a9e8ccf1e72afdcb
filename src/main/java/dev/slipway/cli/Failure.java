package dev.slipway.cli;

import dev.slipway.cli.local.LocalFailure;
import dev.slipway.cli.project.ProjectProblem;
import dev.slipway.engine.state.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A command can't do what was asked; the message is all that a person sees. */
final class Failure extends RuntimeException {
    /** What Pulumi's command line exits with when an operation fails or input is wrong. */
    static final int CODE = 255;

    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    /** Another room's failure whose message is meant for a person. */
    static Failure of(RuntimeException told) {
        return new Failure(String.valueOf(told.getMessage()));
    }

    /** A file can't be read; what Java says of one that is not there, or is not ours to read, is its name alone. */
    static Failure reading(String file, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
        return new Failure("can't read " + file + ": " + why);
    }

    /** Tells a person what went wrong, with a stack trace only when nobody foresaw it; the exit code. */
    static int explain(Exception failure, PrintStream err) {
        if (failure instanceof Failure
                || failure instanceof ProjectProblem
                || failure instanceof LocalFailure
                || failure instanceof StateException
                || failure instanceof UncheckedIOException) {
            err.println("error: " + failure.getMessage());
        } else {
            err.println("error: this is a defect in slipway, please report it: " + failure);
            failure.printStackTrace(err);
        }
        return CODE;
    }
}
