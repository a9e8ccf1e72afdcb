package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.Step.Outcome;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.StateException;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does steps: says in the journal that one begins, does it, says how it ended, and tells about it. Thread-safe. */
final class StepExecutor {
    private final Run run;

    StepExecutor(Run run) {
        this.run = run;
    }

    /** A step that is done; {@code key} names what it put into the record, if anything. */
    record Done(Optional<ResourceState> after, Optional<Integer> key) {}

    /** @throws StepFailure when the step failed; the reason has been told, and what there is of the resource is recorded */
    Done execute(Step step) {
        Instant start = run.clock().instant();
        StepInfo info = step.info();
        run.events().started(info);
        try {
            Done done = perform(step);
            var after = new StepInfo(info.op(), info.urn(), info.before(), done.after(), info.diffs());
            run.events().done(after, Duration.between(start, run.clock().instant()));
            return done;
        } catch (StepFailure e) {
            run.events().failed(info, Duration.between(start, run.clock().instant()));
            throw e;
        }
    }

    private Done perform(Step step) {
        Optional<Long> number = begin(step);
        try {
            Outcome outcome = step.apply(run.preview());
            return new Done(outcome.after(), commit(number, outcome, step));
        } catch (InitializationFailed e) {
            Outcome outcome = step.partial(e);
            commit(number, outcome, step);
            throw fail(
                    step,
                    "is not as it should be after the " + step.info().op().text(),
                    String.join("\n", e.reasons()));
        } catch (StepFailure e) {
            throw e;
        } catch (OutcomeUnknown e) {
            // The operation stays pending, and the next run asks the provider what became of it.
            throw fail(
                    step,
                    step.info().op().text() + " has no known end",
                    message(e) + "\nIt may or may not have been done. Run again to find out and to go on.");
        } catch (StateException e) {
            throw fail(step, "could not be recorded", message(e));
        } catch (ProviderException e) {
            commit(number, new Outcome(Optional.empty(), Change.NONE), step);
            throw fail(step, step.info().op().text() + " failed", message(e));
        } catch (RuntimeException e) {
            // A fault of the provider: whether anything was done is not known, so the operation stays pending.
            throw fail(step, step.info().op().text() + " failed in an unexpected way", detail(e));
        }
    }

    /** Nothing outside is touched before it is durable that it may be. */
    private Optional<Long> begin(Step step) {
        Optional<PendingOperation> pending = run.preview() ? Optional.empty() : step.pending();
        try {
            return pending.map(operation -> run.ledger().begin(operation.kind(), operation.resource()));
        } catch (StateException e) {
            throw fail(step, "was not touched, because that could not be recorded", message(e));
        }
    }

    private Optional<Integer> commit(Optional<Long> number, Outcome outcome, Step step) {
        try {
            return record(number, outcome.change());
        } catch (StateException e) {
            Optional<ResourceState> state =
                    outcome.after().filter(after -> after.outputs().containsSecret());
            if (state.isEmpty() || outcome.change().put() == null) {
                throw e;
            }
            // The provider answered with a secret that nobody foresaw, and there is nothing to encrypt it with. Better
            // to forget one output
            // than the whole resource.
            List<String> errors = new ArrayList<>(state.get().initErrors());
            errors.add("its secret outputs were not recorded: " + message(e));
            ResourceState bare = state.get()
                    .withOutputs(Secrecy.withoutSecrets(state.get().outputs()))
                    .withInitErrors(errors);
            record(number, outcome.change().put(bare));
            throw fail(step, "answered with a secret that can't be recorded", message(e));
        }
    }

    private Optional<Integer> record(Optional<Long> number, Change change) {
        return number.isPresent()
                ? run.ledger().end(number.get(), change)
                : run.ledger().record(change);
    }

    private StepFailure fail(Step step, String what, String detail) {
        StepInfo info = step.info();
        return run.fail(info.urn(), info.type() + " `" + info.name() + "` " + what, detail);
    }

    /** What a person is told of a call that failed: a provider's own words, or that it has none. */
    static String detail(RuntimeException e) {
        boolean foreseen = e instanceof ProviderException || e instanceof OutcomeUnknown || e instanceof StateException;
        return foreseen ? message(e) : e + "\nThis is a fault of the provider.";
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
