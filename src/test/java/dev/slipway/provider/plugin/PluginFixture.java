package dev.slipway.provider.plugin;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.wire.StructCodec;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pulumirpc.Provider;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** An engine, a plugin in this process, and the calls from the one to the other. */
abstract class PluginFixture {
    static final String URN = "urn:pulumi:dev::app::slipway:index:Service::hello";

    final FakeProvider provider = new FakeProvider();
    FakeEngine engine;
    PluginServer server;
    PluginClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new FakeEngine();
        server = PluginServer.start(
                new PluginPackage("slipway", "1.2.3", () -> "{\"name\":\"slipway\"}"),
                host -> {
                    provider.host = host;
                    return provider;
                },
                engine.address());
        client = new PluginClient(server.port());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        engine.close();
    }

    ResourceProviderBlockingStub plugin() {
        return client.stub();
    }

    Provider.CreateResponse create() {
        return plugin().create(Provider.CreateRequest.newBuilder().setUrn(URN).build());
    }

    static com.google.protobuf.Struct struct(PropertyMap map) {
        return StructCodec.toStruct(map);
    }

    /** How a call fails. */
    static StatusRuntimeException failure(Supplier<?> call) {
        try {
            throw new AssertionError("did not fail, but answered " + call.get());
        } catch (StatusRuntimeException e) {
            return e;
        }
    }

    static Status.Code code(Supplier<?> call) {
        return failure(call).getStatus().getCode();
    }
}
