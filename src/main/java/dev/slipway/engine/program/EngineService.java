package dev.slipway.engine.program;

import com.google.protobuf.Empty;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import pulumirpc.EngineGrpc.EngineImplBase;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionResponse;

/**
 * Takes what a program in another process logs. Its SDK logs every request as a debug message, which ends here, and its own failure as an
 * error with a stack trace, which {@link CrashReport} makes readable.
 */
final class EngineService extends EngineImplBase {
    private final ResourceMonitor monitor;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> crashes = new CopyOnWriteArrayList<>();

    EngineService(ResourceMonitor monitor) {
        this.monitor = monitor;
    }

    /** What the program itself logged as an error: each makes the run fail. */
    int errors() {
        return errors.size();
    }

    /** What the SDK said of exceptions that the program did not catch. */
    List<String> crashes() {
        return List.copyOf(crashes);
    }

    @Override
    public void log(LogRequest request, StreamObserver<Empty> observer) {
        switch (request.getSeverity()) {
            case ERROR -> {
                if (CrashReport.isOne(request.getMessage())) {
                    crashes.add(request.getMessage());
                } else {
                    errors.add(request.getMessage());
                    tell(Severity.ERROR, request);
                }
            }
            case WARNING -> tell(Severity.WARNING, request);
            case INFO -> tell(Severity.INFO, request);
            case DEBUG, UNRECOGNIZED -> {}
        }
        observer.onNext(Empty.getDefaultInstance());
        observer.onCompleted();
    }

    private void tell(Severity severity, LogRequest request) {
        Optional<Urn> urn = Optional.of(request.getUrn())
                .filter(text -> text.startsWith("urn:pulumi:"))
                .map(Urn::new);
        monitor.log(severity, urn, request.getMessage(), request.getEphemeral());
    }

    @Override
    public void getRootResource(GetRootResourceRequest request, StreamObserver<GetRootResourceResponse> observer) {
        observer.onNext(GetRootResourceResponse.getDefaultInstance());
        observer.onCompleted();
    }

    @Override
    public void requirePulumiVersion(
            RequirePulumiVersionRequest request, StreamObserver<RequirePulumiVersionResponse> observer) {
        // The range is about Pulumi's own CLI, which does not run here.
        observer.onNext(RequirePulumiVersionResponse.getDefaultInstance());
        observer.onCompleted();
    }
}
