package dev.slipway.engine.program;

import com.google.protobuf.Empty;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.engine.program.Failures.UnsupportedByEngine;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import pulumirpc.Provider.CallResponse;
import pulumirpc.Resource.ReadResourceRequest;
import pulumirpc.Resource.ReadResourceResponse;
import pulumirpc.Resource.RegisterPackageRequest;
import pulumirpc.Resource.RegisterPackageResponse;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import pulumirpc.Resource.ResourceCallRequest;
import pulumirpc.Resource.ResourceInvokeRequest;
import pulumirpc.Resource.ResourceInvokeResponse;
import pulumirpc.Resource.SupportsFeatureRequest;
import pulumirpc.Resource.SupportsFeatureResponse;
import pulumirpc.ResourceMonitorGrpc.ResourceMonitorImplBase;

/** Takes the requests of a program in another process, which come over gRPC. What the Java SDK never asks for is unimplemented. */
final class MonitorService extends ResourceMonitorImplBase {
    private final MonitorAnswers answers;
    private final AtomicBoolean refused = new AtomicBoolean();

    MonitorService(MonitorAnswers answers) {
        this.answers = answers;
    }

    /** Whether anything was answered with a failure that has been told already, so that the program need not repeat it. */
    boolean refused() {
        return refused.get();
    }

    @Override
    public void supportsFeature(SupportsFeatureRequest request, StreamObserver<SupportsFeatureResponse> observer) {
        answer(answers.supportsFeature(request), observer);
    }

    @Override
    public void registerResource(RegisterResourceRequest request, StreamObserver<RegisterResourceResponse> observer) {
        answer(answers.registerResource(request), observer);
    }

    @Override
    public void registerResourceOutputs(RegisterResourceOutputsRequest request, StreamObserver<Empty> observer) {
        answer(answers.registerResourceOutputs(request).thenApply(done -> Empty.getDefaultInstance()), observer);
    }

    @Override
    public void readResource(ReadResourceRequest request, StreamObserver<ReadResourceResponse> observer) {
        answer(answers.readResource(request), observer);
    }

    @Override
    public void invoke(ResourceInvokeRequest request, StreamObserver<ResourceInvokeResponse> observer) {
        answer(answers.invoke(request), observer);
    }

    @Override
    public void call(ResourceCallRequest request, StreamObserver<CallResponse> observer) {
        answer(answers.call(request), observer);
    }

    @Override
    public void registerPackage(RegisterPackageRequest request, StreamObserver<RegisterPackageResponse> observer) {
        answer(answers.registerPackage(request), observer);
    }

    private <T> void answer(CompletableFuture<T> future, StreamObserver<T> observer) {
        var unused = future.whenComplete((value, failure) -> {
            if (failure == null) {
                observer.onNext(value);
                observer.onCompleted();
                return;
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean told = cause instanceof RegistrationFailed;
            if (told) {
                refused.set(true);
            }
            Status status = cause instanceof UnsupportedByEngine ? Status.UNIMPLEMENTED : Status.INTERNAL;
            observer.onError(
                    status.withDescription(told ? "resource registration failed" : String.valueOf(cause.getMessage()))
                            .asRuntimeException());
        });
    }
}
