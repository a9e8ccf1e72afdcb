package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.HttpServer;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A port in front of a balancer, with a control API that says its name. */
final class Front implements AutoCloseable {
    private final HttpServer server;

    Front(Balancer balancer) throws IOException {
        this(balancer, 1000);
    }

    Front(Balancer balancer, int connections) throws IOException {
        server = HttpServer.builder()
                .connections(connections)
                .route(balancer)
                .hosts(balancer::takes)
                .fallback(exchange -> exchange.respond(
                        200, ("control:" + exchange.readBody(1000).length).getBytes(StandardCharsets.US_ASCII)))
                .grace(Duration.ofMillis(50))
                .start(0);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    interface Work {
        void run() throws Exception;
    }

    /** Does something while all event loops stand still; what it sends they find together. */
    void whileStopped(Work work) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try {
            for (EventExecutor loop : server.eventLoops()) {
                CountDownLatch stands = new CountDownLatch(1);
                loop.execute(() -> {
                    stands.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                stands.await();
            }
            work.run();
        } finally {
            goOn.countDown();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
