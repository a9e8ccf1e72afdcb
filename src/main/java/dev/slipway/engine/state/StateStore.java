package dev.slipway.engine.state;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The stacks recorded below one directory, in the layout of Pulumi's {@code file://} backend: {@code DIR/.pulumi/stacks/PROJECT/STACK.json}.
 * Thread-safe.
 */
public final class StateStore {

    /**
     * @param directory what {@code file://} names; {@code .pulumi} is made inside it at the first write
     * @param random names locks
     */
    public StateStore(Path directory, InstantSource clock, RandomGenerator random) {}

    /** Every stack of every project, by project and name. */
    public List<StackName> list() {
        throw new UnsupportedOperationException();
    }

    public boolean exists(StackName stack) {
        throw new UnsupportedOperationException();
    }

    /**
     * Records an empty stack.
     *
     * @throws StateException when there is one of this name already
     */
    public void create(StackName stack) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes a stack's record, its history and its backups.
     *
     * @throws StateException when it is locked, or does not exist, or still holds resources and {@code force} is not set
     */
    public void remove(StackName stack, boolean force) {
        throw new UnsupportedOperationException();
    }

    /**
     * What is recorded, including what an interrupted run left in its journal. Takes no lock and writes nothing; empty when there is no such
     * stack.
     *
     * @throws StateException when the record can't be read or trusted, or holds secrets and there is no (or a wrong) passphrase
     */
    public Optional<Snapshot> load(StackName stack, StackSecrets secrets) {
        throw new UnsupportedOperationException();
    }

    /**
     * The record as {@code pulumi stack export} prints it; with {@code showSecrets} in clear.
     *
     * @throws StateException as {@link #load}, and when there is no such stack
     */
    public String export(StackName stack, StackSecrets secrets, boolean showSecrets) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes away the lock that another run holds ({@code pulumi cancel}); says who held it.
     *
     * @return empty when there was none
     */
    public Optional<String> breakLock(StackName stack) {
        throw new UnsupportedOperationException();
    }
}
