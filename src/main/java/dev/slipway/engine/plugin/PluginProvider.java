package dev.slipway.engine.plugin;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pulumirpc.Provider;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** A provider that runs in a plugin's process. */
final class PluginProvider implements ResourceProvider {
    private static final int CANCEL_SECONDS = 5;

    private final String packageName;
    private final PluginLoader.Source source;
    private @Nullable PluginProcess process;
    private PluginAbilities abilities = PluginAbilities.NONE;
    private boolean closed;

    PluginProvider(String packageName, PluginLoader.Source source) {
        this.packageName = packageName;
        this.source = source;
    }

    /** Asks a process that is, or will be, configured. */
    private <T> T ask(String doing, Function<ResourceProviderBlockingStub, T> call) {
        PluginProcess mine = own();
        try {
            return call.apply(mine.stub());
        } catch (StatusRuntimeException e) {
            throw PluginFailures.of(packageName, doing, e, mine);
        }
    }

    /** One that is there but not healthy has the inputs that it was asked to have, unless the plugin says others. */
    private <T> T askWith(PropertyMap inputs, String doing, Function<ResourceProviderBlockingStub, T> call) {
        try {
            return ask(doing, call);
        } catch (InitializationFailed e) {
            throw e.inputs().values().isEmpty()
                    ? new InitializationFailed(e.id(), inputs, e.outputs(), e.reasons())
                    : e;
        }
    }

    private synchronized PluginProcess own() {
        if (closed) {
            throw new IllegalStateException("the provider of " + packageName + " is closed");
        }
        if (process == null) {
            process = source.take();
        }
        return process;
    }

    /** Asks a process that need not be configured, and leaves it to whoever comes next. */
    private <T> T askAnybody(String doing, Function<ResourceProviderBlockingStub, T> call) {
        synchronized (this) {
            if (process != null) {
                return ask(doing, call);
            }
        }
        PluginProcess borrowed = source.take();
        try {
            T answer = call.apply(borrowed.stub());
            source.leave(borrowed);
            return answer;
        } catch (StatusRuntimeException e) {
            RuntimeException told = PluginFailures.of(packageName, doing, e, borrowed);
            source.leave(borrowed);
            throw told;
        }
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return askAnybody("check its configuration", stub -> {
            try {
                return response(stub.checkConfig(message(request)), request.news());
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                    return new CheckResponse(request.news(), List.of());
                }
                throw e;
            }
        });
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return askAnybody("compare its configuration", stub -> {
            try {
                return PluginDiff.response(stub.diffConfig(PluginDiff.request(request, abilities)), request);
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                    return DiffResponse.NONE;
                }
                throw e;
            }
        });
    }

    /** In both forms: plugins of the first days read the variables. */
    @Override
    @SuppressWarnings("deprecation")
    public void configure(PropertyMap config) {
        var request = Provider.ConfigureRequest.newBuilder()
                .setArgs(StructCodec.toStruct(config))
                .setAcceptSecrets(true)
                .setAcceptResources(true)
                .setSendsOldInputs(true)
                .setSendsOldInputsToDelete(true);
        new TreeMap<>(config.values()).forEach((key, value) -> PluginAbilities.plain(value)
                .ifPresent(text -> request.putVariables(packageName + ":config:" + key, text)));
        Provider.ConfigureResponse response = ask("be configured", stub -> stub.configure(request.build()));
        abilities = new PluginAbilities(
                response.getAcceptSecrets(), response.getAcceptResources(), response.getSupportsPreview());
    }

    private Provider.CheckRequest message(CheckRequest request) {
        var check = Provider.CheckRequest.newBuilder()
                .setUrn(request.urn().text())
                .setName(request.urn().name())
                .setType(request.urn().type())
                .setNews(abilities.struct(request.news()))
                .setRandomSeed(ByteString.copyFrom(HexFormat.of().parseHex(request.randomSeed())));
        request.olds().ifPresent(olds -> check.setOlds(abilities.struct(olds)));
        return check.build();
    }

    private CheckResponse response(Provider.CheckResponse response, PropertyMap news) {
        List<CheckFailure> failures = response.getFailuresList().stream()
                .map(failure -> new CheckFailure(path(failure.getProperty()), failure.getReason()))
                .toList();
        PropertyMap inputs = response.hasInputs() ? StructCodec.fromStruct(response.getInputs()) : news;
        return new CheckResponse(abilities.withSecretsOf(news, inputs), failures);
    }

    static PropertyPath path(String text) {
        try {
            return text.isEmpty() ? PropertyPath.ROOT : PropertyPath.parse(text);
        } catch (IllegalArgumentException e) {
            return PropertyPath.of(text);
        }
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return ask("check " + request.urn().name(), stub -> response(stub.check(message(request)), request.news()));
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        return ask(
                "compare " + request.urn().name(),
                stub -> PluginDiff.response(stub.diff(PluginDiff.request(request, abilities)), request));
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        if (request.preview() && !abilities.previews()) {
            return new CreateResponse("", PropertyMap.EMPTY);
        }
        Provider.CreateResponse response = askWith(
                request.inputs(),
                "create " + request.urn().name(),
                stub -> stub.create(Provider.CreateRequest.newBuilder()
                        .setUrn(request.urn().text())
                        .setName(request.urn().name())
                        .setType(request.urn().type())
                        .setProperties(abilities.struct(request.inputs()))
                        .setTimeout(seconds(request.timeout()))
                        .setPreview(request.preview())
                        .build()));
        String id = request.preview() ? "" : response.getId();
        return new CreateResponse(id, StructCodec.fromStruct(response.getProperties()));
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        Provider.ReadResponse response = ask(
                "read " + request.id(),
                stub -> stub.read(Provider.ReadRequest.newBuilder()
                        .setId(request.id())
                        .setUrn(request.urn().text())
                        .setName(request.urn().name())
                        .setType(request.urn().type())
                        .setInputs(abilities.struct(request.inputs()))
                        .setProperties(abilities.struct(request.outputs()))
                        .build()));
        if (response.getId().isEmpty()) {
            return ReadResponse.GONE;
        }
        PropertyMap inputs = response.hasInputs() ? StructCodec.fromStruct(response.getInputs()) : request.inputs();
        return new ReadResponse(response.getId(), inputs, StructCodec.fromStruct(response.getProperties()));
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        if (request.preview() && !abilities.previews()) {
            return new UpdateResponse(PropertyMap.EMPTY);
        }
        Provider.UpdateResponse response = askWith(
                request.newInputs(),
                "update " + request.urn().name(),
                stub -> stub.update(Provider.UpdateRequest.newBuilder()
                        .setId(request.id())
                        .setUrn(request.urn().text())
                        .setName(request.urn().name())
                        .setType(request.urn().type())
                        .setOlds(abilities.struct(request.oldOutputs()))
                        .setOldInputs(abilities.struct(request.oldInputs()))
                        .setNews(abilities.struct(request.newInputs()))
                        .addAllIgnoreChanges(request.ignoreChanges().stream()
                                .map(PropertyPath::toString)
                                .toList())
                        .setTimeout(seconds(request.timeout()))
                        .setPreview(request.preview())
                        .build()));
        return new UpdateResponse(StructCodec.fromStruct(response.getProperties()));
    }

    @Override
    public void delete(DeleteRequest request) {
        Empty unused = ask(
                "delete " + request.urn().name(),
                stub -> stub.delete(Provider.DeleteRequest.newBuilder()
                        .setId(request.id())
                        .setUrn(request.urn().text())
                        .setName(request.urn().name())
                        .setType(request.urn().type())
                        .setProperties(abilities.struct(request.outputs()))
                        .setOldInputs(abilities.struct(request.inputs()))
                        .setTimeout(seconds(request.timeout()))
                        .build()));
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        Provider.InvokeResponse response = ask(
                "call " + request.token(),
                stub -> stub.invoke(Provider.InvokeRequest.newBuilder()
                        .setTok(request.token())
                        .setArgs(abilities.struct(request.arguments()))
                        .setPreview(request.preview())
                        .build()));
        return new InvokeResponse(
                StructCodec.fromStruct(response.getReturn()),
                response.getFailuresList().stream()
                        .map(failure -> new CheckFailure(path(failure.getProperty()), failure.getReason()))
                        .toList());
    }

    private static double seconds(Optional<Duration> timeout) {
        return timeout.map(time -> time.toMillis() / 1000.0).orElse(0.0);
    }

    @Override
    public void cancel() {
        PluginProcess mine;
        synchronized (this) {
            mine = process;
        }
        if (mine != null) {
            try {
                Empty unused = mine.stub()
                        .withDeadlineAfter(CANCEL_SECONDS, TimeUnit.SECONDS)
                        .cancel(Empty.getDefaultInstance());
            } catch (StatusRuntimeException e) {
                // It may not know the call, or be gone; it is ended at the end of the run.
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (process != null) {
            process.close();
            process = null;
        }
        source.close();
    }

    /** For messages. */
    @Override
    public String toString() {
        return "the plugin of " + packageName;
    }
}
