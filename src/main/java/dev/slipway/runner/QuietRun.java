package dev.slipway.runner;

import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.Log;
import com.pulumi.context.internal.ConfigContextInternal;
import com.pulumi.context.internal.ContextInternal;
import com.pulumi.context.internal.LoggingContextInternal;
import com.pulumi.context.internal.OutputContextInternal;
import com.pulumi.core.Output;
import com.pulumi.core.internal.OutputFactory;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentImpl.DeploymentState;
import com.pulumi.deployment.internal.DeploymentInstanceHolder;
import com.pulumi.deployment.internal.DeploymentInstanceInternal;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.resources.internal.Stack;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** One run of a program, with a runner that waits for it without polling. */
public final class QuietRun {
    private final DeploymentState state;
    private final QuietRunner runner = new QuietRunner();

    private QuietRun(DeploymentState state) {
        this.state = state;
    }

    /**
     * Runs a program until its last task is over.
     *
     * @param state the SDK's side of the conversation with an engine; its runner is replaced
     * @return what went wrong, in the order in which it did; empty when all went well
     * @throws ExecutionException when the program could not be run at all
     */
    public static List<Exception> of(DeploymentState state, Consumer<Context> program)
            throws InterruptedException, ExecutionException {
        return new QuietRun(state).run(program);
    }

    private List<Exception> run(Consumer<Context> program) throws InterruptedException, ExecutionException {
        // The SDK's own runner polls its tasks for as long as a resource takes; where one processor is left for them,
        // it starves them.
        state.runner = runner;
        var deployment = new DeploymentImpl(state);
        // The SDK finds its deployment through the thread and hands it on to every task of the program.
        DeploymentInstanceHolder.setInstance(new DeploymentInstanceInternal(deployment));
        try {
            var context = context(deployment);
            return runner.runAsync(() -> Stack.factory(state.projectName, state.stackName, List.of())
                            .apply(() -> {
                                runToItsEnd(program, context);
                                return context.exports();
                            }))
                    .get()
                    .exceptions();
        } finally {
            DeploymentInstanceHolder.internalUnsafeDestroyInstance();
        }
    }

    private void runToItsEnd(Consumer<Context> program, Context context) {
        boolean ended = false;
        try {
            program.accept(context);
            ended = true;
        } finally {
            if (!ended) {
                runner.endSoon();
            }
        }
    }

    private ContextInternal context(DeploymentImpl deployment) {
        return new OncePerName(
                state.organizationName,
                state.projectName,
                state.stackName,
                new LoggingContextInternal(new Log(state.logger)),
                new ConfigContextInternal(state.projectName, name -> new Config(deployment.getConfig(), name)),
                new OutputContextInternal(new OutputFactory(runner)),
                List.of());
    }

    /** Refuses a second output of one name where it is exported: the SDK does so at the end, with a page about outputs. */
    private static final class OncePerName extends ContextInternal {
        private final Set<String> names = ConcurrentHashMap.newKeySet();

        OncePerName(
                String organization,
                String project,
                String stack,
                LoggingContextInternal log,
                ConfigContextInternal config,
                OutputContextInternal outputs,
                List<ResourceTransformation> transformations) {
            super(organization, project, stack, log, config, outputs, transformations);
        }

        @Override
        public Context export(String name, Output<?> output) {
            if (!names.add(name)) {
                throw new IllegalArgumentException("the output `" + name + "` is exported twice");
            }
            return super.export(name, output);
        }
    }
}
