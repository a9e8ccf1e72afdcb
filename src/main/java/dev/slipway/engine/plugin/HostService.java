package dev.slipway.engine.plugin;

import com.google.protobuf.Empty;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import pulumirpc.EngineGrpc.EngineImplBase;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;

/** What a plugin may ask of the engine that started it. */
final class HostService extends EngineImplBase {
    private final ProviderHost host;

    HostService(ProviderHost host) {
        this.host = host;
    }

    @Override
    public void log(LogRequest request, StreamObserver<Empty> observer) {
        Optional<Urn> urn = Optional.of(request.getUrn())
                .filter(text -> text.startsWith("urn:pulumi:"))
                .map(Urn::new);
        host.log(severity(request), urn, request.getMessage(), request.getEphemeral());
        observer.onNext(Empty.getDefaultInstance());
        observer.onCompleted();
    }

    private static Severity severity(LogRequest request) {
        return switch (request.getSeverity()) {
            case ERROR -> Severity.ERROR;
            case WARNING -> Severity.WARNING;
            case INFO -> Severity.INFO;
            case DEBUG, UNRECOGNIZED -> Severity.DEBUG;
        };
    }

    @Override
    public void getRootResource(GetRootResourceRequest request, StreamObserver<GetRootResourceResponse> observer) {
        observer.onNext(GetRootResourceResponse.getDefaultInstance());
        observer.onCompleted();
    }
}
