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
        server = HttpServer.builder()
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

    /** Has all event loops wait until this is closed; whatever comes meanwhile they find together. */
    AutoCloseable stopped() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        for (EventExecutor loop : server.eventLoops()) {
            CountDownLatch waits = new CountDownLatch(1);
            loop.execute(() -> {
                waits.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waits.await();
        }
        return goOn::countDown;
    }

    @Override
    public void close() {
        server.close();
    }
}
