package dev.slipway.engine.program;

import com.pulumi.core.internal.Internal;
import com.pulumi.deployment.internal.Engine;
import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.resources.Resource;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionResponse;

/**
 * What a program logs goes to the engine as it comes. The SDK's own debug messages (whole requests, several a resource)
 * end here.
 */
final class Messages implements Engine, EngineLogger {
    private final ResourceMonitor monitor;
    private final AtomicInteger errors = new AtomicInteger();

    Messages(ResourceMonitor monitor) {
        this.monitor = monitor;
    }

    /** How many errors the program itself has logged: each makes the run fail, as under {@code pulumi up}. */
    int errors() {
        return errors.get();
    }

    @Override
    public CompletableFuture<Void> debugAsync(
            String message, @Nullable Resource resource, @Nullable Integer stream, @Nullable Boolean ephemeral) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> infoAsync(
            String message, @Nullable Resource resource, @Nullable Integer stream, @Nullable Boolean ephemeral) {
        return tell(Severity.INFO, message, resource, ephemeral);
    }

    @Override
    public CompletableFuture<Void> warnAsync(
            String message, @Nullable Resource resource, @Nullable Integer stream, @Nullable Boolean ephemeral) {
        return tell(Severity.WARNING, message, resource, ephemeral);
    }

    @Override
    public CompletableFuture<Void> errorAsync(
            String message, @Nullable Resource resource, @Nullable Integer stream, @Nullable Boolean ephemeral) {
        return tell(Severity.ERROR, message, resource, ephemeral);
    }

    @Override
    public CompletableFuture<Void> logAsync(
            Level level,
            String message,
            @Nullable Resource resource,
            @Nullable Integer stream,
            @Nullable Boolean ephemeral) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return errorAsync(message, resource, stream, ephemeral);
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return warnAsync(message, resource, stream, ephemeral);
        }
        return level.intValue() >= Level.INFO.intValue()
                ? infoAsync(message, resource, stream, ephemeral)
                : debugAsync(message, resource, stream, ephemeral);
    }

    private CompletableFuture<Void> tell(
            Severity severity, String message, @Nullable Resource resource, @Nullable Boolean ephemeral) {
        if (severity == Severity.ERROR) {
            errors.incrementAndGet();
        }
        monitor.log(severity, urn(resource), message, ephemeral != null && ephemeral);
        return CompletableFuture.completedFuture(null);
    }

    /** The URN that a resource has by now; a message does not wait for one. */
    private static Optional<Urn> urn(@Nullable Resource resource) {
        if (resource == null) {
            return Optional.empty();
        }
        CompletableFuture<Optional<String>> urn = Internal.of(resource.urn()).getValueOptional();
        return urn.isDone() && !urn.isCompletedExceptionally()
                ? urn.join().filter(text -> !text.isEmpty()).map(Urn::new)
                : Optional.empty();
    }

    @Override
    public boolean hasLoggedErrors() {
        return errors.get() > 0;
    }

    @Override
    public int getErrorCount() {
        return errors.get();
    }

    /** Not called: the SDK logs through the logger that this class also is. */
    @Override
    public CompletableFuture<Void> logAsync(LogRequest request) {
        return logAsync(level(request), request.getMessage(), null, request.getStreamId(), request.getEphemeral());
    }

    private static Level level(LogRequest request) {
        return switch (request.getSeverity()) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG, UNRECOGNIZED -> Level.FINEST;
        };
    }

    @Override
    public CompletableFuture<GetRootResourceResponse> getRootResourceAsync(GetRootResourceRequest request) {
        return CompletableFuture.completedFuture(GetRootResourceResponse.getDefaultInstance());
    }

    @Override
    public CompletableFuture<RequirePulumiVersionResponse> requirePulumiVersionAsync(
            RequirePulumiVersionRequest request) {
        // The range is about Pulumi's own CLI, which does not run here.
        return CompletableFuture.completedFuture(RequirePulumiVersionResponse.getDefaultInstance());
    }
}
