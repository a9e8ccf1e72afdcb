package dev.slipway.engine.program;

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

/** Answers the SDK's requests, however they come, from the engine's {@link ResourceMonitor}. */
final class MonitorAnswers {
    private static final Set<String> FEATURES = Set.of("secrets", "resourceReferences", "aliasSpecs");

    private final ResourceMonitor monitor;
    private final Goals goals;

    MonitorAnswers(ProgramInfo info, ResourceMonitor monitor) {
        this.monitor = monitor;
        this.goals = new Goals(info.stack(), info.project());
    }

    CompletableFuture<SupportsFeatureResponse> supportsFeature(SupportsFeatureRequest request) {
        return CompletableFuture.completedFuture(SupportsFeatureResponse.newBuilder()
                .setHasSupport(FEATURES.contains(request.getId()))
                .build());
    }

    CompletableFuture<RegisterResourceResponse> registerResource(RegisterResourceRequest request) {
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
        return monitor.register(goals.goal(request)).thenApply(registered -> {
            var response = RegisterResourceResponse.newBuilder()
                    .setUrn(registered.urn().text())
                    .setId(registered.id());
            // A component's outputs are the program's to say; old ones could name resources that are not there yet.
            if (request.getCustom()) {
                response.setObject(StructCodec.toStruct(registered.outputs()));
            }
            return response.build();
        });
    }

    CompletableFuture<Void> registerResourceOutputs(RegisterResourceOutputsRequest request) {
        return monitor.registerOutputs(new Urn(request.getUrn()), StructCodec.fromStruct(request.getOutputs()));
    }

    CompletableFuture<ReadResourceResponse> readResource(ReadResourceRequest request) {
        return monitor.read(goals.goal(request), request.getId()).thenApply(read -> ReadResourceResponse.newBuilder()
                .setUrn(read.urn().text())
                .setProperties(StructCodec.toStruct(read.outputs()))
                .build());
    }

    CompletableFuture<ResourceInvokeResponse> invoke(ResourceInvokeRequest request) {
        return monitor.invoke(
                        request.getTok(), StructCodec.fromStruct(request.getArgs()), Goals.text(request.getProvider()))
                .thenApply(result -> ResourceInvokeResponse.newBuilder()
                        .setReturn(StructCodec.toStruct(result))
                        .build());
    }

    CompletableFuture<CallResponse> call(ResourceCallRequest request) {
        return refuse("calling the method " + request.getTok());
    }

    CompletableFuture<RegisterPackageResponse> registerPackage(RegisterPackageRequest request) {
        return refuse("the parameterised package " + request.getName());
    }

    private static <T> CompletableFuture<T> refuse(String what) {
        return CompletableFuture.failedFuture(new UnsupportedByEngine(what));
    }
}
