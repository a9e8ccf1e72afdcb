package dev.slipway.provider.plugin;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import pulumirpc.Provider;
import pulumirpc.ResourceProviderGrpc;

/** The other side of a plugin, as an engine is: a provider whose every call goes over gRPC. */
public final class PluginClient implements ResourceProvider {
    private final ManagedChannel channel;
    private final Runnable atClose;

    /** @param port where a plugin serves, on 127.0.0.1 */
    public PluginClient(int port) {
        this(port, () -> {});
    }

    /** @param atClose runs when this has hung up */
    public PluginClient(int port, Runnable atClose) {
        this.atClose = atClose;
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    /** For what this class has no method for. Calls fail after five minutes. */
    public ResourceProviderGrpc.ResourceProviderBlockingStub stub() {
        return ResourceProviderGrpc.newBlockingStub(channel).withWaitForReady().withDeadlineAfter(5, TimeUnit.MINUTES);
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return asked(() -> checked(stub().checkConfig(question(request))));
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return asked(() -> different(stub().diffConfig(question(request))));
    }

    @Override
    public void configure(PropertyMap config) {
        asked(() -> stub().configure(Provider.ConfigureRequest.newBuilder()
                .setArgs(StructCodec.toStruct(config))
                .setAcceptSecrets(true)
                .setAcceptResources(true)
                .build()));
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return asked(() -> checked(stub().check(question(request))));
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        return asked(() -> different(stub().diff(question(request))));
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        return asked(() -> {
            var answer = stub().create(Provider.CreateRequest.newBuilder()
                    .setUrn(request.urn().text())
                    .setProperties(StructCodec.toStruct(request.inputs()))
                    .setTimeout(seconds(request.timeout()))
                    .setPreview(request.preview())
                    .build());
            return new CreateResponse(answer.getId(), StructCodec.fromStruct(answer.getProperties()));
        });
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return asked(() -> {
            var answer = stub().read(Provider.ReadRequest.newBuilder()
                    .setId(request.id())
                    .setUrn(request.urn().text())
                    .setInputs(StructCodec.toStruct(request.inputs()))
                    .setProperties(StructCodec.toStruct(request.outputs()))
                    .build());
            return new ReadResponse(
                    answer.getId(),
                    StructCodec.fromStruct(answer.getInputs()),
                    StructCodec.fromStruct(answer.getProperties()));
        });
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        return asked(() -> new UpdateResponse(StructCodec.fromStruct(stub().update(Provider.UpdateRequest.newBuilder()
                        .setId(request.id())
                        .setUrn(request.urn().text())
                        .setOldInputs(StructCodec.toStruct(request.oldInputs()))
                        .setOlds(StructCodec.toStruct(request.oldOutputs()))
                        .setNews(StructCodec.toStruct(request.newInputs()))
                        .addAllIgnoreChanges(texts(request.ignoreChanges()))
                        .setTimeout(seconds(request.timeout()))
                        .setPreview(request.preview())
                        .build())
                .getProperties())));
    }

    @Override
    public void delete(DeleteRequest request) {
        asked(() -> stub().delete(Provider.DeleteRequest.newBuilder()
                .setId(request.id())
                .setUrn(request.urn().text())
                .setOldInputs(StructCodec.toStruct(request.inputs()))
                .setProperties(StructCodec.toStruct(request.outputs()))
                .setTimeout(seconds(request.timeout()))
                .build()));
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        return asked(() -> {
            var answer = stub().invoke(Provider.InvokeRequest.newBuilder()
                    .setTok(request.token())
                    .setArgs(StructCodec.toStruct(request.arguments()))
                    .setPreview(request.preview())
                    .build());
            return new InvokeResponse(StructCodec.fromStruct(answer.getReturn()), failures(answer.getFailuresList()));
        });
    }

    @Override
    public void cancel() {
        asked(() -> stub().cancel(Empty.getDefaultInstance()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        atClose.run();
    }

    private static Provider.CheckRequest question(CheckRequest request) {
        var asked = Provider.CheckRequest.newBuilder()
                .setUrn(request.urn().text())
                .setOlds(StructCodec.toStruct(request.olds().orElse(PropertyMap.EMPTY)))
                .setNews(StructCodec.toStruct(request.news()))
                .setRandomSeed(com.google.protobuf.ByteString.fromHex(request.randomSeed()));
        request.autonaming()
                .ifPresent(wish -> asked.setAutonaming(Provider.CheckRequest.AutonamingOptions.newBuilder()
                        .setProposedName(wish.proposedName())
                        .setMode(Provider.CheckRequest.AutonamingOptions.Mode.valueOf(
                                wish.mode().name()))));
        return asked.build();
    }

    private static CheckResponse checked(Provider.CheckResponse answer) {
        return new CheckResponse(StructCodec.fromStruct(answer.getInputs()), failures(answer.getFailuresList()));
    }

    private static List<CheckFailure> failures(List<Provider.CheckFailure> failures) {
        return failures.stream()
                .map(failure -> new CheckFailure(PropertyPath.parse(failure.getProperty()), failure.getReason()))
                .toList();
    }

    private static Provider.DiffRequest question(DiffRequest request) {
        return Provider.DiffRequest.newBuilder()
                .setId(request.id())
                .setUrn(request.urn().text())
                .setOldInputs(StructCodec.toStruct(request.oldInputs()))
                .setOlds(StructCodec.toStruct(request.oldOutputs()))
                .setNews(StructCodec.toStruct(request.newInputs()))
                .addAllIgnoreChanges(texts(request.ignoreChanges()))
                .build();
    }

    /** Reasons do not travel. */
    private static DiffResponse different(Provider.DiffResponse answer) {
        return new DiffResponse(
                answer.getDetailedDiffMap().entrySet().stream()
                        .map(diff -> new PropertyDiff(
                                PropertyPath.parse(diff.getKey()),
                                DiffKind.valueOf(diff.getValue().getKind().name()),
                                Optional.empty()))
                        .toList(),
                answer.getDeleteBeforeReplace(),
                answer.getStablesList());
    }

    private static List<String> texts(List<PropertyPath> paths) {
        return paths.stream().map(PropertyPath::toString).toList();
    }

    private static double seconds(Optional<Duration> timeout) {
        return timeout.map(duration -> duration.toMillis() / 1000.0).orElse(0.0);
    }

    /** As the engine understands failures. */
    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException failure) {
            for (var detail : StatusProto.fromThrowable(failure).getDetailsList()) {
                if (detail.is(Provider.ErrorResourceInitFailed.class)) {
                    throw initializationFailed(detail);
                }
            }
            String message = String.valueOf(failure.getStatus().getDescription());
            throw failure.getStatus().getCode() == Status.Code.UNKNOWN
                    ? new OutcomeUnknown(message, failure)
                    : new ProviderException(message, failure);
        }
    }

    private static InitializationFailed initializationFailed(com.google.protobuf.Any detail) {
        try {
            var there = detail.unpack(Provider.ErrorResourceInitFailed.class);
            return new InitializationFailed(
                    there.getId(),
                    StructCodec.fromStruct(there.getInputs()),
                    StructCodec.fromStruct(there.getProperties()),
                    there.getReasonsList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
