package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.http.ConnectionRoute;
import dev.slipway.cloud.http.HttpServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What keeps one connection that moves a lot from holding up the others; how well, the benchmark {@code balancer} measures. */
final class FairnessTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** The balancer, and the settings of the connection that it was given. */
    private record Watched(Balancer balancer, CompletableFuture<ChannelConfig> settings) implements ConnectionRoute {
        @Override
        public boolean takes(InetAddress local) {
            return balancer.takes(local);
        }

        @Override
        public boolean takes(String host) {
            return balancer.takes(host);
        }

        @Override
        public ChannelInboundHandler newHandler(Channel channel, Origin origin) {
            ChannelInboundHandler handler = balancer.newHandler(channel, origin);
            settings.complete(channel.config());
            return handler;
        }
    }

    @Test
    void littleOfAnAnswerIsHeldForAClientOnThisMachineAndLittleIsReadAtATime() throws Exception {
        var balancer = new Balancer(Stage.LIMITS, InstantSource.system());
        balancer.route(LOOPBACK, balancer.newGroup("hello"));
        var watched = new Watched(balancer, new CompletableFuture<>());
        try (HttpServer server = HttpServer.builder().route(watched).start(0);
                Socket client = new Socket(LOOPBACK, server.port())) {
            assertThat(client.isConnected()).isTrue();
            ChannelConfig settings = watched.settings().get(30, TimeUnit.SECONDS);
            assertThat(settings.getOption(ChannelOption.SO_SNDBUF)).isLessThanOrEqualTo(2 * 128 * 1024);
            MaxMessagesRecvByteBufAllocator reads = settings.getRecvByteBufAllocator();
            assertThat(reads.maxMessagesPerRead()).isLessThanOrEqualTo(4);
        }
    }
}
