package dev.slipway.bench;

import dev.slipway.cli.local.LocalLauncher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that answers HTTP on a port of its own: what stands in the middle, or at the end. */
record ProxyPeer(Process process, int port) implements AutoCloseable {
    static final Path NGINX = Path.of("/usr/sbin/nginx");
    static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** Half of the processors for the proxy, the other half for load and backend: nobody waits for what another one has. */
    private static final int LOOPS = Integer.getInteger("slipway.bench.loops", Math.max(1, PROCESSORS / 2));

    private static final List<String> MIDDLE = pinned(0, LOOPS - 1);
    private static final List<String> ENDS = pinned(Math.min(LOOPS, PROCESSORS - 1), PROCESSORS - 1);
    /** App Runner's most, so that 256 connections are at a target's limit. */
    private static final int CONCURRENCY = 200;

    /** Our balancer as the local cloud starts it. */
    static ProxyPeer slipway(int backend) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(MIDDLE);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LocalLauncher.JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cloud.balancer.BenchedBalancer",
                "" + port,
                "" + backend,
                "" + LOOPS,
                "" + CONCURRENCY));
        return started(command, port);
    }

    /** As many threads as we have loops, the same limit and choice of a server, keep-alive on both sides. */
    static ProxyPeer haproxy(Path directory, int backend) throws IOException {
        int port = freePort();
        Path configuration =
                Files.writeString(Files.createDirectories(directory).resolve("haproxy.cfg"), """
                global
                  nbthread %d
                  maxconn 4096
                defaults
                  mode http
                  timeout connect 3s
                  timeout client 120s
                  timeout server 120s
                  timeout queue 120s
                  option http-keep-alive
                  option forwardfor
                  http-reuse always
                frontend in
                  bind 127.0.0.1:%d
                  default_backend out
                backend out
                  balance leastconn
                  server one 127.0.0.1:%d maxconn %d
                """.formatted(
                                LOOPS, port, backend, CONCURRENCY));
        List<String> command = new ArrayList<>(MIDDLE);
        command.addAll(List.of(HAPROXY.toString(), "-db", "-f", configuration.toString()));
        return started(command, port);
    }

    /** {@code /small} has 200 bytes, {@code /large} 1 MiB. */
    static ProxyPeer nginx(Path directory) throws IOException {
        int port = freePort();
        Path root = Files.createDirectories(directory.resolve("www"));
        Files.write(root.resolve("small"), new byte[200]);
        Files.write(root.resolve("large"), new byte[1 << 20]);
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr crit;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nodelay on;
                  keepalive_requests 100000000;
                  open_file_cache max=10;
                  client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
                  uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
                  server { listen 127.0.0.1:%2$d backlog=1024; root %1$s/www; }
                }
                """.formatted(directory, port));
        return started(
                onTheEnds(List.of(
                        NGINX.toString(), "-p", directory.toString(), "-e", "stderr", "-c", configuration.toString())),
                port);
    }

    /** A command on the processors that the proxy does not have. */
    static List<String> onTheEnds(List<String> command) {
        List<String> all = new ArrayList<>(ENDS);
        all.addAll(command);
        return all;
    }

    /** The front of a command that keeps it on some processors; nothing where the machine has only one, or no such tool. */
    private static List<String> pinned(int first, int last) {
        Path taskset = Path.of("/usr/bin/taskset");
        return PROCESSORS < 2 || !Files.isExecutable(taskset)
                ? List.of()
                : List.of(taskset.toString(), "-c", first + "-" + last);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ProxyPeer started(List<String> command, int port) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProxyPeer peer = new ProxyPeer(process, port);
        while (!peer.accepts()) {
            if (!process.isAlive()) {
                throw new IOException(command.get(0) + " ended before it listened");
            }
        }
        return peer;
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            Thread.onSpinWait();
            return false;
        }
    }

    /** The processor time that it has used. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // In ticks of a hundredth of a second, on every Linux of today.
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
