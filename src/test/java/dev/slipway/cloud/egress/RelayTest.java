package dev.slipway.cloud.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.http.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two connections that are made one. */
@Timeout(60)
final class RelayTest {
    private final EventLoopGroup loops = Transport.newEventLoops(1, "relay");
    private ServerSocket outside;
    private Socket client;
    private Socket server;
    private final CompletableFuture<Channel> taken = new CompletableFuture<>();

    private void join() throws Exception {
        connect(CompletableFuture.completedFuture(null));
        server = outside.accept();
    }

    /** A client and, when it may be dialled, a server with a relay between them. */
    private void connect(CompletableFuture<Void> mayDial) throws Exception {
        outside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        outside.setSoTimeout(20_000);
        Channel relay = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Relay.prepare(channel);
                        taken.complete(channel);
                        mayDial.thenRunAsync(
                                () -> Relay.dial(channel, (InetSocketAddress) outside.getLocalSocketAddress()),
                                channel.eventLoop());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        client = new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) relay.localAddress()).getPort());
    }

    @AfterEach
    void end() throws IOException {
        for (Closeable each : new Closeable[] {client, server, outside}) {
            if (each != null) {
                each.close();
            }
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void muchIsPassedOnWholeThoughItIsTakenSlowly() throws Exception {
        join();
        byte[] much = new byte[32 << 20];
        new Random(3).nextBytes(much);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                client.getOutputStream().write(much);
                client.shutdownOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(Arrays.equals(server.getInputStream().readAllBytes(), much)).isTrue();
        sent.get(20, TimeUnit.SECONDS);
    }

    @Test
    void oneSideMayEndAndStillHear() throws Exception {
        join();
        client.getOutputStream().write("request".getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("request");
        server.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        server.close();
        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
    }

    @Test
    void whatCameBeforeTheOtherSideIsThereIsNotLost() throws Exception {
        CompletableFuture<Void> mayDial = new CompletableFuture<>();
        connect(mayDial);
        client.getOutputStream().write("request".getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        mayDial.complete(null);
        server = outside.accept();
        assertThat(server.getInputStream().readAllBytes()).asString().isEqualTo("request");
        server.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        server.close();
        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
    }

    @Test
    void aConnectionThatEndsWhileTheOtherIsDialledEndsThat() throws Exception {
        CompletableFuture<Void> mayDial = new CompletableFuture<>();
        connect(mayDial);
        client.setSoLinger(true, 0);
        client.close();
        assertThat(taken.get(20, TimeUnit.SECONDS).closeFuture().await(20, TimeUnit.SECONDS))
                .isTrue();
        mayDial.complete(null);
        server = outside.accept();
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(IOException.class);
    }

    @Test
    void aConnectionThatCannotBeMadeIsReset() throws Exception {
        CompletableFuture<Void> mayDial = new CompletableFuture<>();
        connect(mayDial);
        outside.close();
        mayDial.complete(null);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    }

    @Test
    void aFailureIsPassedOnAsOne() throws Exception {
        join();
        server.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        server.setSoLinger(true, 0);
        server.close();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true",
        "10.1.2.3, true",
        "127.0.0.1, false",
        "127.93.1.2, false",
        "169.254.169.254, false",
        "0.0.0.1, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::1, false",
        "2001:db8::1, false"
    })
    void whatThisMachineHasForItselfStaysOutOfReach(String address, boolean reached) throws Exception {
        assertThat(Egress.mayBeReached(InetAddress.getByName(address))).isEqualTo(reached);
    }
}
