package dev.slipway.cloud.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.http.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions about names that are passed on. */
@Timeout(60)
final class NamesTest {
    private static final String QUESTION = "id..what is the address of it?";

    private final EventLoopGroup loops = Transport.newEventLoops(1, "names");

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static DatagramSocket socket() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private InetSocketAddress names(List<InetSocketAddress> servers) {
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(Transport.datagramChannel((io.netty.channel.EventLoop) loops.next()))
                .handler(new Names(() -> servers))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) channel.localAddress();
    }

    private static void send(DatagramSocket from, InetSocketAddress to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket received(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        at.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theServersAnswerComesBackToWhoAsked() throws Exception {
        try (DatagramSocket server = socket();
                DatagramSocket one = socket();
                DatagramSocket other = socket()) {
            InetSocketAddress names = names(List.of((InetSocketAddress) server.getLocalSocketAddress()));
            send(one, names, QUESTION + "1");
            send(other, names, QUESTION + "2");
            for (int i = 0; i < 2; i++) {
                DatagramPacket question = received(server);
                send(server, (InetSocketAddress) question.getSocketAddress(), "answer to " + text(question));
            }
            assertThat(text(received(one))).isEqualTo("answer to " + QUESTION + "1");
            assertThat(text(received(other))).isEqualTo("answer to " + QUESTION + "2");
        }
    }

    @Test
    void theNextServerIsAskedWhenOneIsNotThere() throws Exception {
        InetSocketAddress gone;
        try (DatagramSocket closed = socket()) {
            gone = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        try (DatagramSocket server = socket();
                DatagramSocket asker = socket()) {
            send(asker, names(List.of(gone, (InetSocketAddress) server.getLocalSocketAddress())), QUESTION);
            DatagramPacket question = received(server);
            send(server, (InetSocketAddress) question.getSocketAddress(), "answer");
            assertThat(text(received(asker))).isEqualTo("answer");
        }
    }

    @Test
    void theNextServerIsAskedWhenOneIsSilent() throws Exception {
        try (DatagramSocket silent = socket();
                DatagramSocket server = socket();
                DatagramSocket asker = socket()) {
            send(
                    asker,
                    names(List.of((InetSocketAddress) silent.getLocalSocketAddress(), (InetSocketAddress)
                            server.getLocalSocketAddress())),
                    QUESTION);
            assertThat(text(received(silent))).isEqualTo(QUESTION);
            send(server, (InetSocketAddress) received(server).getSocketAddress(), "answer");
            assertThat(text(received(asker))).isEqualTo("answer");
        }
    }

    @Test
    void withoutAnyServerTheAnswerIsServerFailure() throws Exception {
        try (DatagramSocket asker = socket()) {
            send(asker, names(List.of()), QUESTION);
            byte[] answer = received(asker).getData();
            assertThat(new String(answer, 0, 2, StandardCharsets.US_ASCII)).isEqualTo("id");
            assertThat(answer[2] & 0x80).as("it is a response").isEqualTo(0x80);
            assertThat(answer[3] & 0x0f).as("server failure").isEqualTo(2);
        }
    }

    @Test
    void readsTheMachinesServers() throws Exception {
        Path file = Files.writeString(directory.resolve("resolv.conf"), """
                # nameserver 192.0.2.9
                search example.com
                nameserver 192.0.2.1
                nameserver\t2001:db8::1
                nameserver not-an-address
                options edns0
                """);
        assertThat(NameServers.in(file))
                .containsExactly(new InetSocketAddress("192.0.2.1", 53), new InetSocketAddress("2001:db8::1", 53));
        assertThat(NameServers.in(directory.resolve("missing"))).isEmpty();
    }
}
