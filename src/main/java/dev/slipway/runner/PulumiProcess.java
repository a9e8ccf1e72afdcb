package dev.slipway.runner;

import com.pulumi.Context;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentImpl.DeploymentState;
import com.pulumi.deployment.internal.Runner;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** A program that the real Pulumi engine started in a process of its own, with its addresses in the environment. */
public final class PulumiProcess {
    /** Where the SDK writes a second time what it tells the engine; Pulumi would show both. */
    private static final Logger SDK = Logger.getLogger(DeploymentImpl.class.getName());

    private PulumiProcess() {}

    /**
     * Runs a program against the engine that the environment names, and tells it what went wrong.
     *
     * @return the exit code that Pulumi expects: 0, or 32 when the engine knows what went wrong
     * @throws IllegalArgumentException when there is no engine
     */
    public static int run(Consumer<Context> program) {
        SDK.setUseParentHandlers(System.getenv("PULUMI_JAVA_LOG_VERBOSE") != null);
        DeploymentState state = DeploymentState.fromEnvironment();
        List<Exception> exceptions;
        try {
            exceptions = QuietRun.of(state, program);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            exceptions = List.of(stopped);
        } catch (ExecutionException broken) {
            exceptions = List.of(broken);
        }
        var messages = new ArrayList<CompletableFuture<Void>>();
        ProgramFailures.of(exceptions, PulumiProcess::engineHasTold)
                .own()
                .forEach(failure -> messages.add(
                        state.logger.errorAsync((failure.worded() ? "" : "the program failed: ") + failure.reason())));
        messages.forEach(CompletableFuture::join);
        return exceptions.isEmpty() && !state.logger.hasLoggedErrors()
                ? Runner.ProcessExitedSuccessfully
                : Runner.ProcessExitedAfterLoggingUserActionableMessage;
    }

    /** A resource that failed, and what comes after the engine has stopped because of one: the engine shows why itself. */
    private static boolean engineHasTold(Throwable failure) {
        return failure instanceof StatusRuntimeException answer
                && (answer.getStatus().getCode() == Status.Code.UNAVAILABLE
                        || "resource registration failed"
                                .equals(answer.getStatus().getDescription()));
    }
}
