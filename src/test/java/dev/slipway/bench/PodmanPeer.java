package dev.slipway.bench;

import dev.slipway.cloud.runtime.TinyHttpd;
import dev.slipway.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** {@code podman run} on the machine's own network, which is its fastest way, with its own store. */
final class PodmanPeer implements AutoCloseable {
    private static final String IMAGE = "localhost/bench:1";

    private final Path directory;
    private final int port;
    private final Map<String, String> environment;

    PodmanPeer(Path directory, TinyHttpd httpd, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        Path settings = Files.writeString(
                directory.resolve("containers.conf"),
                "[containers]\ndefault_ulimits=[\"nofile=4096:4096\",\"nproc=4096:4096\"]\n[engine]\n"
                        + "cgroup_manager=\"cgroupfs\"\nevents_logger=\"file\"\n"
                        + (Programs.find("runc").isPresent() ? "runtime=\"runc\"\n" : ""));
        this.environment = Map.of("CONTAINERS_CONF", settings.toString());
        podman(
                "load",
                "--input",
                httpd.archive(directory.resolve("image.tar"), IMAGE).toString());
    }

    /** Milliseconds until the first answer. */
    double startAndStop() throws IOException {
        long start = System.nanoTime();
        podman("run", "--detach", "--network", "host", "--name", "bench", IMAGE);
        while (!answers()) {
            LockSupport.parkNanos(1_000_000);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        podman("rm", "--force", "--time", "0", "bench");
        return millis;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void podman(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--storage-driver",
                "vfs",
                "--root",
                directory.resolve("store").toString(),
                "--runroot",
                directory.resolve("podman").toString()));
        command.addAll(List.of(arguments));
        Programs.run(directory, environment, "", command).well();
    }

    @Override
    public void close() throws IOException {
        podman("system", "prune", "--all", "--force");
    }
}
