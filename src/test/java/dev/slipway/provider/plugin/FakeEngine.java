package dev.slipway.provider.plugin;

import com.google.protobuf.Empty;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pulumirpc.EngineGrpc.EngineImplBase;
import pulumirpc.EngineOuterClass.LogRequest;

/** The engine's own service, which hears messages. */
public final class FakeEngine implements AutoCloseable {
    public final List<LogRequest> heard = new CopyOnWriteArrayList<>();
    private final Server server;

    public FakeEngine() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(new EngineImplBase() {
                    @Override
                    public void log(LogRequest request, StreamObserver<Empty> observer) {
                        heard.add(request);
                        observer.onNext(Empty.getDefaultInstance());
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** As when its process is killed. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
