package dev.slipway.provider.plugin;

import com.google.protobuf.Empty;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.Severity;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider;
import pulumirpc.ResourceProviderGrpc.ResourceProviderImplBase;

/**
 * The protocol between Pulumi's engine and a provider of custom resources. What belongs to components, parameterised packages and converters is
 * unimplemented, which is the protocol's own word for "has none".
 */
final class PluginService extends ResourceProviderImplBase {
    private final PluginPackage provided;
    private final ResourceProvider provider;
    private final EngineLink engine;

    PluginService(PluginPackage provided, ResourceProvider provider, EngineLink engine) {
        this.provided = provided;
        this.provider = provider;
        this.engine = engine;
    }

    @Override
    public void handshake(
            Provider.ProviderHandshakeRequest request, StreamObserver<Provider.ProviderHandshakeResponse> observer) {
        answer(observer, "handshake", () -> {
            engine.connect(request.getEngineAddress());
            return Provider.ProviderHandshakeResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setAcceptResources(true)
                    .setSupportsAutonamingConfiguration(true)
                    .build();
        });
    }

    @Override
    public void attach(PluginAttach request, StreamObserver<Empty> observer) {
        answer(observer, "attach", () -> {
            engine.connect(request.getAddress());
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
        answer(observer, "tell the version", () -> PluginInfo.newBuilder()
                .setVersion(provided.version())
                .build());
    }

    @Override
    public void getSchema(Provider.GetSchemaRequest request, StreamObserver<Provider.GetSchemaResponse> observer) {
        answer(observer, "tell the schema", () -> {
            if (request.getVersion() != 0) {
                throw Failures.invalid("expected schema version 0, got " + request.getVersion());
            }
            return Provider.GetSchemaResponse.newBuilder()
                    .setSchema(provided.schema().get())
                    .build();
        });
    }

    @Override
    public void checkConfig(Provider.CheckRequest request, StreamObserver<Provider.CheckResponse> observer) {
        answer(
                observer,
                "check the configuration",
                () -> Responses.check(provider.checkConfig(Requests.check(request))));
    }

    @Override
    public void diffConfig(Provider.DiffRequest request, StreamObserver<Provider.DiffResponse> observer) {
        answer(
                observer,
                "compare the configuration",
                () -> Responses.diff(provider.diffConfig(Requests.diff(request))));
    }

    @Override
    public void configure(Provider.ConfigureRequest request, StreamObserver<Provider.ConfigureResponse> observer) {
        answer(observer, "configure", () -> {
            PropertyMap config = StructCodec.fromStruct(request.getArgs());
            requireUsable(config);
            provider.configure(config);
            return Provider.ConfigureResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setAcceptResources(true)
                    .setSupportsPreview(true)
                    .setSupportsAutonamingConfiguration(true)
                    .build();
        });
    }

    /** An engine needs no check of what it has in its state. */
    private void requireUsable(PropertyMap config) {
        Urn urn = Urn.of("", "", "", "pulumi:providers:" + provided.name(), "default");
        List<CheckFailure> failures = provider.checkConfig(new CheckRequest(urn, Optional.empty(), config, ""))
                .failures();
        if (failures.isEmpty()) {
            return;
        }
        throw failures.stream().allMatch(failure -> absent(config, failure))
                ? Failures.missingKeys(provided.name(), failures)
                : Failures.wrongConfiguration(provided.name(), failures);
    }

    private static boolean absent(PropertyMap config, CheckFailure failure) {
        return config.get(failure.path().topLevel()).map(PropertyValue::reveal).orElse(PropertyValue.Null.VALUE)
                instanceof PropertyValue.Null;
    }

    @Override
    public void check(Provider.CheckRequest request, StreamObserver<Provider.CheckResponse> observer) {
        answer(observer, "check " + request.getUrn(), () -> Responses.check(provider.check(Requests.check(request))));
    }

    @Override
    public void diff(Provider.DiffRequest request, StreamObserver<Provider.DiffResponse> observer) {
        answer(observer, "compare " + request.getUrn(), () -> {
            DiffRequest question = Requests.diff(request);
            DiffResponse response = provider.diff(question);
            tellWhyReplaced(question.urn(), response);
            return Responses.diff(response);
        });
    }

    /** The protocol has no place for a reason, but the resource's line in the display has. */
    private void tellWhyReplaced(Urn urn, DiffResponse response) {
        response.diffs().stream()
                .filter(diff -> diff.kind().replaces())
                .flatMap(diff -> diff.reason().stream())
                .distinct()
                .forEach(reason -> engine.log(Severity.INFO, Optional.of(urn), "has to be replaced: " + reason, true));
    }

    @Override
    public void create(Provider.CreateRequest request, StreamObserver<Provider.CreateResponse> observer) {
        answer(
                observer,
                "create " + request.getUrn(),
                () -> Responses.create(provider.create(Requests.create(request))));
    }

    @Override
    public void read(Provider.ReadRequest request, StreamObserver<Provider.ReadResponse> observer) {
        answer(observer, "read " + request.getUrn(), () -> Responses.read(provider.read(Requests.read(request))));
    }

    @Override
    public void update(Provider.UpdateRequest request, StreamObserver<Provider.UpdateResponse> observer) {
        answer(
                observer,
                "update " + request.getUrn(),
                () -> Responses.update(provider.update(Requests.update(request))));
    }

    @Override
    public void delete(Provider.DeleteRequest request, StreamObserver<Empty> observer) {
        answer(observer, "delete " + request.getUrn(), () -> {
            provider.delete(Requests.delete(request));
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void invoke(Provider.InvokeRequest request, StreamObserver<Provider.InvokeResponse> observer) {
        answer(observer, "call " + request.getTok(), () -> Responses.invoke(provider.invoke(Requests.invoke(request))));
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> observer) {
        answer(observer, "cancel", () -> {
            provider.cancel();
            return Empty.getDefaultInstance();
        });
    }

    /** Whatever happens, the engine gets one answer: a thread that died silently would leave it waiting for ever. */
    private <T> void answer(StreamObserver<T> observer, String doing, Supplier<T> call) {
        T result;
        try {
            result = call.get();
        } catch (Throwable failure) {
            StatusRuntimeException status = Failures.status(doing, failure);
            if (status.getStatus().getCode() == io.grpc.Status.Code.INTERNAL) {
                failure.printStackTrace();
            }
            engine.flush();
            observer.onError(status);
            return;
        }
        engine.flush();
        observer.onNext(result);
        observer.onCompleted();
    }
}
