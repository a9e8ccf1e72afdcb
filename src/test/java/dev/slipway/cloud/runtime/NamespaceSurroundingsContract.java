package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What instances in namespaces find around them, tried from inside. */
abstract class NamespaceSurroundingsContract extends NamespaceRuntimeContract {
    /** Answers each connection with the address that was meant, each question in capitals. */
    private static final class Echo implements Surroundings, AutoCloseable {
        private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

        @Override
        public Map<String, String> variables(URI machine) {
            return Map.of("MACHINE", machine.toString(), "OWN", "surroundings");
        }

        @Override
        public void open(Entrance entrance) {
            entrance.open(
                    loops,
                    new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            InetSocketAddress meant = (InetSocketAddress) channel.localAddress();
                            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelActive(ChannelHandlerContext context) {
                                    String text = meant.getAddress().getHostAddress() + ":" + meant.getPort()
                                            + (Entrance.isMachine(meant) ? " machine\n" : " elsewhere\n");
                                    context.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                                            .addListener(done -> context.close());
                                }

                                @Override
                                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                                    context.close();
                                }
                            });
                        }
                    },
                    new SimpleChannelInboundHandler<DatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, DatagramPacket question) {
                            ByteBuf text = Unpooled.copiedBuffer("asked\n", StandardCharsets.US_ASCII);
                            context.writeAndFlush(new DatagramPacket(text, question.sender()));
                        }
                    });
        }

        @Override
        public void close() {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** Prints what comes from an address. */
    private static Probes hear(Probes probes, int kind, int port, int... ip) {
        ByteBuffer address = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        address.putShort((short) Linux.AF_INET).put((byte) (port >> 8)).put((byte) port);
        for (int part : ip) {
            address.put((byte) part);
        }
        probes.also(Linux.CLOSE, 3).also(Linux.SOCKET, Linux.AF_INET, kind, 0);
        probes.call("connect", Linux.CONNECT, 3, probes.bytes(address.rewind()), 16);
        if (kind == Linux.SOCK_DGRAM) {
            probes.also(Linux.WRITE, 3, probes.text("question"), 8);
        }
        return probes.copy(3, 64);
    }

    private List<String> around(Probes probes, Surroundings surroundings) throws Exception {
        output.clear();
        TestLayer.Image image = TinyProgram.image(probes.end(0));
        Instance instance = start(
                runtime.prepare(image.manifest(), image.config(), image),
                new InstanceSpec("around", List.of(), Map.of(), 8080, 1024, 64, surroundings, output::add));
        assertThat(end(instance.exit())).isEqualTo(Instance.ExitStatus.of(0));
        return output.stream()
                .map(line -> line.replace("\0", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void assumeSteering() {
        assumeFalse(runtime.description().contains("reach only"), runtime.description());
    }

    @Test
    void connectionsToElsewhereComeToTheSurroundings() throws Exception {
        assumeSteering();
        Probes probes = new Probes().also(Linux.CLOSE_RANGE, 3, 100, 0);
        hear(probes, Linux.SOCK_STREAM, 80, 169, 254, 170, 2);
        hear(probes, Linux.SOCK_STREAM, 443, 192, 0, 2, 1);
        hear(probes, Linux.SOCK_STREAM, 4780, 127, 93, 1, 2);
        hear(probes, Linux.SOCK_DGRAM, 53, 169, 254, 169, 253);
        try (Echo echo = new Echo()) {
            assertThat(around(probes, echo))
                    .containsExactly(
                            "connect allowed",
                            "169.254.170.2:80 machine",
                            "connect allowed",
                            "192.0.2.1:443 elsewhere",
                            "connect allowed",
                            "127.93.1.2:4780 elsewhere",
                            "connect allowed",
                            "asked");
        }
    }

    @Test
    void theMachineIsReachedOnLoopbackWhereNothingIsSteered() throws Exception {
        Probes probes = new Probes().also(Linux.CLOSE_RANGE, 3, 100, 0);
        hear(probes, Linux.SOCK_STREAM, NetworkSteps.PORT, 127, 0, 0, 1);
        try (Echo echo = new Echo()) {
            assertThat(around(probes, echo))
                    .containsExactly("connect allowed", "127.0.0.1:" + NetworkSteps.PORT + " machine");
        }
    }

    @Test
    void theInstanceItselfIsNotPartOfItsSurroundings() throws Exception {
        Probes probes = new Probes()
                .connect("port 81 of loopback", 81, 127, 0, 0, 1)
                .connect("port 81 of the own address", 81, 169, 254, 172, 2);
        try (Echo echo = new Echo()) {
            assertThat(around(probes, echo)).hasSize(2).allMatch(line -> line.endsWith(" refused"));
        }
    }

    @Test
    void anApplicationMayListenOnTheMachinesPort() throws Exception {
        assumeSteering();
        ByteBuffer any = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        any.putShort((short) Linux.AF_INET).put((byte) 0).put((byte) 80);
        Probes probes = new Probes().also(Linux.CLOSE_RANGE, 3, 100, 0);
        probes.also(Linux.SOCKET, Linux.AF_INET, Linux.SOCK_STREAM, 0)
                .call("bind", Linux.BIND, 3, probes.bytes(any.rewind()), 16)
                .call("listen", Linux.LISTEN, 3, 5)
                .also(Linux.DUP3, 3, 60, 0);
        hear(probes, Linux.SOCK_STREAM, 80, 169, 254, 170, 2);
        try (Echo echo = new Echo()) {
            assertThat(around(probes, echo))
                    .containsExactly("bind allowed", "listen allowed", "connect allowed", "169.254.170.2:80 machine");
        }
    }

    @Test
    void variablesAndANameServerTellOfThem() throws Exception {
        assumeSteering();
        try (Echo echo = new Echo()) {
            Instance instance = start(
                    image,
                    new InstanceSpec("told", List.of(), Map.of("OWN", "mine"), 8080, 1024, 512, echo, output::add));
            assertThat(client.await(instance, "/env/MACHINE")).endsWith("http://169.254.170.2\n");
            assertThat(client.await(instance, "/env/OWN")).endsWith("mine\n");
            assertThat(instance.loopbackPorts()).isEmpty();
            assertThat(instance.listeningPorts()).containsExactly(8080);
            assertThat(end(instance.stop(Duration.ofSeconds(20))).code()).isZero();
        }
    }

    /** Takes connections and neither answers nor ends them. */
    private static final class Holding implements Surroundings, AutoCloseable {
        private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        private final Queue<Channel> held = new ConcurrentLinkedQueue<>();

        @Override
        public Map<String, String> variables(URI machine) {
            return Map.of();
        }

        @Override
        public void open(Entrance entrance) {
            entrance.open(
                    loops,
                    new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                                @Override
                                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                                    // Whoever holds it does not look.
                                }
                            });
                            held.add(channel);
                        }
                    },
                    new ChannelInboundHandlerAdapter());
        }

        @Override
        public void close() {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void connectionsAreLimitedAndEndWithTheInstance() throws Exception {
        int more = Hatch.MOST_CONNECTIONS + 100;
        ByteBuffer files = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Probes probes = new Probes().also(Linux.CLOSE_RANGE, 3, 100, 0);
        long limit = probes.bytes(files.putLong(more).putLong(more).rewind());
        probes.also(Linux.SETRLIMIT, Linux.RLIMIT_NOFILE, limit);
        probes.connectUntilNoFileIsLeft(NetworkSteps.PORT, 127, 0, 0, 1).print("connected\n");
        TestLayer.Image image = TinyProgram.image(probes.stay());
        try (Holding holding = new Holding()) {
            Instance instance = start(
                    runtime.prepare(image.manifest(), image.config(), image),
                    new InstanceSpec("holds", List.of(), Map.of(), 8080, 1024, 64, holding, output::add));
            awaitOutput("connected");
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (holding.held.size() < Hatch.MOST_CONNECTIONS && System.nanoTime() < end) {
                LockSupport.parkNanos(5_000_000);
            }
            end(instance.stop(Duration.ZERO));
            for (Channel channel : holding.held) {
                assertThat(channel.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(holding.held).hasSize(Hatch.MOST_CONNECTIONS);
        }
    }

    @Test
    void surroundingsThatNobodyOpensLeaveNothing() throws Exception {
        Surroundings forgetful = new Surroundings() {
            @Override
            public Map<String, String> variables(URI machine) {
                return Map.of();
            }

            @Override
            public void open(Entrance entrance) {}
        };
        long before = descriptors();
        for (int i = 0; i < 8; i++) {
            around(new Probes(), forgetful);
        }
        assertThat(descriptors()).isLessThan(before + 4);
    }
}
