package dev.slipway.engine.program;

import com.pulumi.core.internal.ContextAwareCompletableFuture;
import com.pulumi.deployment.internal.Monitor;
import com.pulumi.resources.Resource;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.engine.program.Failures.UnsupportedByEngine;
import dev.slipway.property.Urn;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

/** Answers the SDK's requests from the engine's {@link ResourceMonitor}. */
final class MonitorAdapter implements Monitor {
    private static final Set<String> FEATURES = Set.of("secrets", "resourceReferences", "aliasSpecs");

    private final ResourceMonitor monitor;
    private final Goals goals;

    MonitorAdapter(ProgramInfo info, ResourceMonitor monitor) {
        this.monitor = monitor;
        this.goals = new Goals(info.stack(), info.project());
    }

    @Override
    public CompletableFuture<SupportsFeatureResponse> supportsFeatureAsync(SupportsFeatureRequest request) {
        return answer(CompletableFuture.completedFuture(SupportsFeatureResponse.newBuilder()
                .setHasSupport(FEATURES.contains(request.getId()))
                .build()));
    }

    @Override
    public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
            Resource resource, RegisterResourceRequest request) {
        if (request.getRemote()) {
            return refuse("the remote component " + request.getType());
        }
        Goals.ignoredOptions(request)
                .ifPresent(options -> monitor.log(
                        Severity.WARNING,
                        Optional.empty(),
                        request.getType() + " " + request.getName() + ": " + options
                                + " is not supported by Slipway's embedded engine and has no effect",
                        false));
        return answer(monitor.register(goals.goal(request)).thenApply(registered -> {
            var response = RegisterResourceResponse.newBuilder()
                    .setUrn(registered.urn().text())
                    .setId(registered.id());
            // A component's outputs are the program's to say; old ones could name resources that are not there yet.
            if (request.getCustom()) {
                response.setObject(StructCodec.toStruct(registered.outputs()));
            }
            return response.build();
        }));
    }

    @Override
    public CompletableFuture<Void> registerResourceOutputsAsync(RegisterResourceOutputsRequest request) {
        return answer(monitor.registerOutputs(new Urn(request.getUrn()), StructCodec.fromStruct(request.getOutputs())));
    }

    @Override
    public CompletableFuture<ReadResourceResponse> readResourceAsync(Resource resource, ReadResourceRequest request) {
        return answer(
                monitor.read(goals.goal(request), request.getId()).thenApply(read -> ReadResourceResponse.newBuilder()
                        .setUrn(read.urn().text())
                        .setProperties(StructCodec.toStruct(read.outputs()))
                        .build()));
    }

    @Override
    public CompletableFuture<ResourceInvokeResponse> invokeAsync(ResourceInvokeRequest request) {
        return answer(monitor.invoke(
                        request.getTok(), StructCodec.fromStruct(request.getArgs()), Goals.text(request.getProvider()))
                .thenApply(result -> ResourceInvokeResponse.newBuilder()
                        .setReturn(StructCodec.toStruct(result))
                        .build()));
    }

    @Override
    public CompletableFuture<CallResponse> callAsync(ResourceCallRequest request) {
        return refuse("calling the method " + request.getTok());
    }

    @Override
    public CompletableFuture<RegisterPackageResponse> registerPackageAsync(RegisterPackageRequest request) {
        return refuse("the parameterised package " + request.getName());
    }

    private static <T> CompletableFuture<T> refuse(String what) {
        return answer(CompletableFuture.failedFuture(new UnsupportedByEngine(what)));
    }

    /** Hands the program's deployment on to whatever the SDK does with the answer, on whichever thread it comes. */
    private static <T> CompletableFuture<T> answer(CompletableFuture<T> future) {
        return ContextAwareCompletableFuture.wrap(future);
    }
}
