package dev.slipway.engine;

import dev.slipway.engine.state.Circumstances;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StackSecrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of the engine.
 *
 * @param root the directory of {@code Pulumi.yaml}
 * @param config full keys ({@code project:key}) to text, secrets in clear; {@code PACKAGE:key} configures that package's default provider
 * @param secretKeys the keys of {@code config} whose values are secrets
 * @param program what declares the resources; may be absent for a refresh or a destroy
 * @param preview say what would happen, touch nothing, take no lock and record nothing
 * @param parallel the most steps at once, 1 or more; default 16
 * @param seed any text; the same for a preview and its update, so that generated names agree
 * @param circumstances what the history records of the run; asked for when it has ended
 * @param options what else the run is told
 */
public record Request(
        StackName stack,
        Path root,
        Map<String, String> config,
        Set<String> secretKeys,
        StackSecrets secrets,
        @Nullable Program program,
        boolean preview,
        int parallel,
        String seed,
        Supplier<Circumstances> circumstances,
        Cancellation cancellation,
        Options options) {
    public static final int DEFAULT_PARALLEL = 16;

    /**
     * What a person may ask of one run.
     *
     * @param selection which resources it may touch; default all
     * @param refresh read what is really there before anything else; default false
     * @param continueOnError go on with what does not depend on a resource that failed; default false
     * @param adopting what is imported is taken as it is there, whatever its declaration says ({@link ImportProgram}); default false
     */
    public record Options(Selection selection, boolean refresh, boolean continueOnError, boolean adopting) {
        public static final Options DEFAULT = new Options(Selection.ALL, false, false, false);

        public Options withSelection(Selection value) {
            return new Options(value, refresh, continueOnError, adopting);
        }

        public Options withRefresh(boolean value) {
            return new Options(selection, value, continueOnError, adopting);
        }

        public Options withContinueOnError(boolean value) {
            return new Options(selection, refresh, value, adopting);
        }

        public Options withAdopting(boolean value) {
            return new Options(selection, refresh, continueOnError, value);
        }
    }

    public Request {
        Objects.requireNonNull(stack, "stack is null");
        config = Map.copyOf(config);
        secretKeys = Set.copyOf(secretKeys);
        if (parallel < 1) {
            throw new IllegalArgumentException("expected a parallelism of 1 or more, got " + parallel);
        }
    }

    /** A run with no configuration that is not a preview. */
    public static Request of(StackName stack, Path root, StackSecrets secrets, String seed) {
        return new Request(
                stack,
                root,
                Map.of(),
                Set.of(),
                secrets,
                null,
                false,
                DEFAULT_PARALLEL,
                seed,
                () -> Circumstances.of(""),
                new Cancellation(),
                Options.DEFAULT);
    }

    public Request withConfig(Map<String, String> values, Set<String> secretNames) {
        return new Request(
                stack,
                root,
                values,
                secretNames,
                secrets,
                program,
                preview,
                parallel,
                seed,
                circumstances,
                cancellation,
                options);
    }

    public Request withProgram(Program value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                value,
                preview,
                parallel,
                seed,
                circumstances,
                cancellation,
                options);
    }

    public Request withPreview(boolean value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                program,
                value,
                parallel,
                seed,
                circumstances,
                cancellation,
                options);
    }

    public Request withParallel(int value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                program,
                preview,
                value,
                seed,
                circumstances,
                cancellation,
                options);
    }

    public Request withCircumstances(Supplier<Circumstances> value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                program,
                preview,
                parallel,
                seed,
                value,
                cancellation,
                options);
    }

    public Request withCancellation(Cancellation value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                program,
                preview,
                parallel,
                seed,
                circumstances,
                value,
                options);
    }

    public Request withOptions(Options value) {
        return new Request(
                stack,
                root,
                config,
                secretKeys,
                secrets,
                program,
                preview,
                parallel,
                seed,
                circumstances,
                cancellation,
                value);
    }
}
