package dev.slipway.engine.plugin;

import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** A plugin that runs: its process, the connection to it, and the small engine that it may log to. All of it is on loopback. */
final class PluginProcess implements AutoCloseable {
    private static final int MOST_BYTES = 400 * 1024 * 1024;
    private static final int MOST_LINES = 20;
    private static final int CONNECT_SECONDS = 30;
    private static final int STOP_SECONDS = 2;

    private final String packageName;
    private final Server engine;
    private final Process process;
    private final ManagedChannel channel;
    /** gRPC's own would outlive the connection by a second, and a JVM that ends waits for threads that wait for the network. */
    private final EventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("plugin", true));

    private final Deque<String> lastWords = new ArrayDeque<>();

    private PluginProcess(
            String packageName, Path program, Path directory, Map<String, String> environment, ProviderHost host)
            throws IOException {
        this.packageName = packageName;
        this.engine = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .channelType(NioServerSocketChannel.class)
                .maxInboundMessageSize(MOST_BYTES)
                .addService(new HostService(host))
                .build()
                .start();
        String address = "127.0.0.1:" + engine.getPort();
        List<String> command = new ArrayList<>(List.of(program.toString(), address));
        // In a session of its own an interrupt from the terminal does not end it before what is in flight is recorded.
        PluginFinder.onPath("setsid", environment).ifPresent(setsid -> command.add(0, setsid.toString()));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            engine.shutdownNow();
            endLoops();
            throw e;
        }
        try {
            process.getOutputStream().close();
            drain(process.getErrorStream(), host);
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.channel = NettyChannelBuilder.forTarget("127.0.0.1:" + port(out))
                    .eventLoopGroup(loops)
                    .channelType(NioSocketChannel.class)
                    .usePlaintext()
                    .proxyDetector(anywhere -> null)
                    .maxInboundMessageSize(MOST_BYTES)
                    .build();
            read(out, host);
            handshake(address, directory);
        } catch (IOException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    static PluginProcess start(
            String packageName, Path program, Path directory, Map<String, String> environment, ProviderHost host) {
        try {
            return new PluginProcess(packageName, program, directory, environment, host);
        } catch (IOException e) {
            throw new ProviderException(
                    "The plugin of the package `" + packageName + "` (" + program + ") can't be started: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The first line that a plugin prints is the port at which it serves, and nothing else. */
    private int port(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new ProviderException(
                    "The plugin of the package `" + packageName + "` ended before it served" + words());
        }
        try {
            return Integer.parseInt(line.strip());
        } catch (NumberFormatException e) {
            throw new ProviderException("The plugin of the package `" + packageName
                    + "` should print the number of its port first; it printed `" + line + "`" + words());
        }
    }

    private void handshake(String address, Path directory) {
        try {
            var unused = stub().withDeadlineAfter(CONNECT_SECONDS, TimeUnit.SECONDS)
                    .withWaitForReady()
                    .handshake(ProviderHandshakeRequest.newBuilder()
                            .setEngineAddress(address)
                            .setProgramDirectory(directory.toString())
                            .setRootDirectory(directory.toString())
                            .setConfigureWithUrn(true)
                            .setInvokeWithPreview(true)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw new ProviderException(
                        "The plugin of the package `" + packageName + "` does not answer: "
                                + e.getStatus().getDescription() + words(),
                        e);
            }
        }
    }

    ResourceProviderBlockingStub stub() {
        return ResourceProviderGrpc.newBlockingStub(channel);
    }

    /** What it wrote last, for a message about its end; empty when nothing. */
    String words() {
        synchronized (lastWords) {
            return lastWords.isEmpty() ? "." : "; its last lines were:\n" + String.join("\n", lastWords);
        }
    }

    private void drain(InputStream stream, ProviderHost host) {
        read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)), host);
    }

    private void read(BufferedReader lines, ProviderHost host) {
        var thread = new Thread(
                () -> {
                    try (lines) {
                        lines.lines().forEach(line -> hear(line, host));
                    } catch (IOException | UncheckedIOException e) {
                        // It has ended.
                    }
                },
                "plugin " + packageName);
        thread.setDaemon(true);
        thread.start();
    }

    private void hear(String line, ProviderHost host) {
        synchronized (lastWords) {
            lastWords.add(line);
            if (lastWords.size() > MOST_LINES) {
                lastWords.remove();
            }
        }
        host.log(Severity.DEBUG, Optional.empty(), packageName + ": " + line, false);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        stop();
    }

    private void stop() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        below.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                below.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        engine.shutdownNow();
        endLoops();
    }

    private void endLoops() {
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
