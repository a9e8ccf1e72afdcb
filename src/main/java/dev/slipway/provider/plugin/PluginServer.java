package dev.slipway.provider.plugin;

import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A plugin that serves: on a loopback port of its own, until it is closed or its engine is gone. */
public final class PluginServer implements AutoCloseable {
    /** As Pulumi's own plugins: a stack's properties may be large. */
    private static final int MOST_BYTES = 400 * 1024 * 1024;

    private static final int CONNECT_MILLIS = 5000;
    private static final int LOOK_SECONDS = 1;
    private static final int FINISH_SECONDS = 10;

    private final CountDownLatch engineGone = new CountDownLatch(1);
    private final EngineLink engine = new EngineLink(engineGone::countDown);
    private final ResourceProvider provider;
    private final Server server;

    private PluginServer(PluginPackage provided, Function<ProviderHost, ResourceProvider> maker, String engineAddress)
            throws IOException {
        engine.connect(engineAddress);
        provider = maker.apply(engine);
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .maxInboundMessageSize(MOST_BYTES)
                .addService(new PluginService(provided, provider, engine))
                .build()
                .start();
    }

    /**
     * Starts to serve.
     *
     * @param maker makes the provider, not yet configured, for the host that takes its messages to the engine
     * @param engineAddress host and port of the engine; empty when it will say it itself, by a handshake or by attaching
     */
    public static PluginServer start(
            PluginPackage provided, Function<ProviderHost, ResourceProvider> maker, String engineAddress)
            throws IOException {
        return new PluginServer(provided, maker, engineAddress);
    }

    /**
     * Whether the engine that an address names is there. Only a refusal says that it is not: an engine listens before it starts a plugin.
     *
     * @param engineAddress host and port; one that is empty, or is not of that form, is taken to be there
     */
    public static boolean answers(String engineAddress) {
        int colon = engineAddress.lastIndexOf(':');
        if (colon < 0 || !engineAddress.substring(colon + 1).matches("[0-9]{1,5}")) {
            return true;
        }
        var address = new InetSocketAddress(
                engineAddress.substring(0, colon), Integer.parseInt(engineAddress.substring(colon + 1)));
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException unclear) {
            return true;
        }
    }

    /** Where it serves, on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /**
     * Returns when the engine no longer answers or {@code orphaned} becomes true, asked once a second.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public void awaitEnd(BooleanSupplier orphaned) throws InterruptedException {
        boolean over = false;
        while (!over) {
            over = engineGone.await(LOOK_SECONDS, TimeUnit.SECONDS) || orphaned.getAsBoolean();
        }
    }

    /** Asks what is under way to stop, gives it ten seconds, and ends. */
    @Override
    public void close() {
        provider.cancel();
        server.shutdown();
        try {
            if (!server.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        engine.close();
        provider.close();
    }
}
