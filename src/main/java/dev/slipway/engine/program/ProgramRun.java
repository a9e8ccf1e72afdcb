package dev.slipway.engine.program;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.pulumi.Context;
import com.pulumi.deployment.internal.DeploymentImpl;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.runner.QuietRun;
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

    ProgramRun(ProgramInfo info, ResourceMonitor monitor) {
        this.info = info;
        this.monitor = monitor;
        this.messages = new Messages(monitor);
    }

    void run(Consumer<Context> program) throws ProgramFailed {
        List<Exception> exceptions;
        try {
            exceptions = QuietRun.of(state(), program);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProgramFailed("the program was stopped before its end", stopped);
        } catch (ExecutionException broken) {
            throw new ProgramFailed("the program could not be run: " + broken.getCause(), broken);
        }
        Failures.of(exceptions, messages.errors()).throwIfAny();
    }

    private DeploymentImpl.DeploymentState state() {
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
        // The SDK's own logger copies every request of the program into debug messages that nobody reads.
        state.logger = messages;
        return state;
    }

    private static Logger silentLogger() {
        var logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.OFF);
        return logger;
    }
}
