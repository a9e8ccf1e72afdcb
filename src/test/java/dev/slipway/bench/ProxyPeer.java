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

/** A process that answers HTTP on ports of its own: what stands in the middle, or at the end. */
record ProxyPeer(Process process, List<Integer> ports) implements AutoCloseable {
    static final Path NGINX = Path.of("/usr/sbin/nginx");
    static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** Half of the processors for the proxy, the other half for load and backend: nobody waits for what another one has. */
    private static final int LOOPS = Integer.getInteger("slipway.bench.loops", Math.max(1, PROCESSORS / 2));

    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final boolean PINNED = PROCESSORS > 1
            && Files.isExecutable(TASKSET)
            && Boolean.parseBoolean(System.getProperty("slipway.bench.pinned", "true"));
    private static final List<String> MIDDLE = pinned(0, LOOPS - 1);
    private static final List<String> ENDS = pinned(Math.min(LOOPS, PROCESSORS - 1), PROCESSORS - 1);
    private static final int TARGETS = 4;
    /** App Runner's usual limit, which 256 connections do not reach. */
    private static final int CONCURRENCY = 100;

    /** How the processes of a comparison are laid out, for whoever reads the figures. */
    static String layout() {
        String where = PINNED
                ? "the proxy alone on processors 0 to " + (LOOPS - 1) + ", wrk and nginx on the others"
                : "no process kept to a processor";
        return TARGETS + " targets of one nginx, " + CONCURRENCY + " requests each at most; threads of each proxy: "
                + LOOPS + "; " + where;
    }

    /** Our balancer as the local cloud starts it. */
    static ProxyPeer slipway(ProxyPeer backend) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(MIDDLE);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LocalLauncher.JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cloud.balancer.BenchedBalancer",
                "" + port,
                "" + LOOPS,
                "" + CONCURRENCY));
        backend.ports().forEach(each -> command.add("" + each));
        return started(command, List.of(port));
    }

    /** As many threads as we have loops, the same limit and choice of a server, keep-alive on both sides. */
    static ProxyPeer haproxy(Path directory, ProxyPeer backend) throws IOException {
        int port = freePort();
        StringBuilder servers = new StringBuilder();
        for (int each : backend.ports()) {
            servers.append("  server s%1$d 127.0.0.1:%1$d maxconn %2$d\n".formatted(each, CONCURRENCY));
        }
        Path configuration = Files.writeString(
                Files.createDirectories(directory).resolve("haproxy.cfg"), """
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
                %s""".formatted(LOOPS, port, servers));
        List<String> command = new ArrayList<>(MIDDLE);
        command.addAll(List.of(HAPROXY.toString(), "-db", "-f", configuration.toString()));
        return started(command, List.of(port));
    }

    /**
     * {@code /small} has 200 bytes, {@code /large} 1 MiB. The small answer comes from memory, as most applications send theirs: in one piece.
     * Sent from a file it would come in two, and nginx would have more to do than the proxy that is to be measured.
     */
    static ProxyPeer nginx(Path directory) throws IOException {
        List<Integer> ports = new ArrayList<>();
        StringBuilder listen = new StringBuilder();
        for (int i = 0; i < TARGETS; i++) {
            ports.add(freePort());
            listen.append("listen 127.0.0.1:%d backlog=1024; ".formatted(ports.get(i)));
        }
        Path root = Files.createDirectories(directory.resolve("www"));
        Files.write(root.resolve("large"), new byte[1 << 20]);
        Path configuration =
                Files.writeString(directory.resolve("nginx.conf"), """
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
                  server { %2$s root %1$s/www; location = /small { return 200 "%3$s"; } }
                }
                """.formatted(directory, listen, "x".repeat(200)));
        return started(
                onTheEnds(List.of(
                        NGINX.toString(), "-p", directory.toString(), "-e", "stderr", "-c", configuration.toString())),
                ports);
    }

    /** A command on the processors that the proxy does not have. */
    static List<String> onTheEnds(List<String> command) {
        List<String> all = new ArrayList<>(ENDS);
        all.addAll(command);
        return all;
    }

    /** The front of a command that keeps it on some processors, where that is done. */
    private static List<String> pinned(int first, int last) {
        return PINNED ? List.of(TASKSET.toString(), "-c", first + "-" + last) : List.of();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ProxyPeer started(List<String> command, List<Integer> ports) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProxyPeer peer = new ProxyPeer(process, ports);
        while (!peer.accepts()) {
            if (!process.isAlive()) {
                throw new IOException(command.get(0) + " ended before it listened");
            }
        }
        return peer;
    }

    /** Where it is asked, of several ports the first. */
    int port() {
        return ports.get(0);
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1000);
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
