package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.http.TcpDialer;
import dev.slipway.cloud.http.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A balancer on a port, as a process of its own: {@code PORT LOOPS CONCURRENCY TARGET-PORT...}. */
public final class BenchedBalancer {
    private BenchedBalancer() {}

    public static void main(String[] arguments) throws Exception {
        // As the local cloud's process does.
        Transport.settle();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Balancer balancer = new Balancer(Balancer.REQUEST_LIMIT, InstantSource.system());
        TargetGroup group = balancer.newGroup("bench");
        group.queueLimit(10_000);
        for (int i = 3; i < arguments.length; i++) {
            group.add(new Target(
                    arguments[i],
                    new TcpDialer(
                            new InetSocketAddress(loopback, Integer.parseInt(arguments[i])), Duration.ofSeconds(3)),
                    Integer.parseInt(arguments[2])));
        }
        balancer.route(loopback, group);
        HttpServer server = HttpServer.builder()
                .route(balancer)
                .loops(Integer.parseInt(arguments[1]))
                .start(Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        // The threads that serve do not keep a process alive.
        new CountDownLatch(1).await();
    }
}
