package dev.slipway.engine.program;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.Log;
import com.pulumi.context.internal.ConfigContextInternal;
import com.pulumi.context.internal.ContextInternal;
import com.pulumi.context.internal.LoggingContextInternal;
import com.pulumi.context.internal.OutputContextInternal;
import com.pulumi.core.internal.OutputFactory;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentInstanceHolder;
import com.pulumi.deployment.internal.DeploymentInstanceInternal;
import com.pulumi.deployment.internal.Runner;
import com.pulumi.resources.internal.Stack;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run of a program: the SDK's deployment, wired to the engine instead of to a gRPC address. */
final class ProgramRun {
    private final ProgramInfo info;
    private final ResourceMonitor monitor;
    private final Messages messages;
    private final QuietRunner runner = new QuietRunner();

    ProgramRun(ProgramInfo info, ResourceMonitor monitor) {
        this.info = info;
        this.monitor = monitor;
        this.messages = new Messages(monitor);
    }

    void run(Consumer<Context> program) throws ProgramFailed {
        var deployment = deployment();
        // The SDK finds its deployment through the thread and hands it on to every task of the program.
        DeploymentInstanceHolder.setInstance(new DeploymentInstanceInternal(deployment));
        Runner.Result<Stack> result;
        try {
            var context = context(deployment);
            result = runner.runAsync(() -> Stack.factory(info.project(), info.stack(), List.of())
                            .apply(() -> {
                                program.accept(context);
                                return context.exports();
                            }))
                    .get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProgramFailed("the program was stopped before its end", stopped);
        } catch (ExecutionException broken) {
            throw new ProgramFailed("the program could not be run: " + broken.getCause(), broken);
        } finally {
            DeploymentInstanceHolder.internalUnsafeDestroyInstance();
        }
        Failures.of(result.exceptions(), messages.errors()).throwIfAny();
    }

    private DeploymentImpl deployment() {
        var state = new DeploymentImpl.DeploymentState(
                new DeploymentImpl.Config(
                        ImmutableMap.copyOf(info.config()), ImmutableSet.copyOf(info.configSecretKeys())),
                silentLogger(),
                info.organization(),
                info.project(),
                info.stack(),
                info.root().toString(),
                info.preview(),
                messages,
                new MonitorAdapter(new MonitorAnswers(info, monitor)));
        // The SDK's own runner polls its tasks for as long as a resource takes, and its own logger copies every
        // request of the program into debug messages that nobody reads.
        state.runner = runner;
        state.logger = messages;
        return new DeploymentImpl(state);
    }

    private ContextInternal context(DeploymentImpl deployment) {
        return new ContextInternal(
                info.organization(),
                info.project(),
                info.stack(),
                new LoggingContextInternal(new Log(messages)),
                new ConfigContextInternal(info.project(), name -> new Config(deployment.getConfig(), name)),
                new OutputContextInternal(new OutputFactory(runner)),
                List.of());
    }

    private static Logger silentLogger() {
        var logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.OFF);
        return logger;
    }
}
