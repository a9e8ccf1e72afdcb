package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.TcpDialer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An application that does byte for byte what a test says, once per connection. */
final class Backend implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger working = new AtomicInteger();
    final AtomicInteger mostWorking = new AtomicInteger();

    interface Behaviour {
        void serve(Connection connection) throws Exception;
    }

    Backend(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Answers every request of every connection with this text. */
    static Backend saying(String text) throws IOException {
        return new Backend(connection -> {
            while (connection.readRequest() != null) {
                connection.answer(text);
            }
        });
    }

    Target target(String id, int limit) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
        return new Target(id, new TcpDialer(address, Duration.ofSeconds(2)), limit);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                daemon(() -> {
                    try (socket) {
                        behaviour.serve(new Connection(this, socket));
                    } catch (Exception e) {
                        // The test ended the connection, or the behaviour did.
                    }
                });
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "backend");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    record Connection(Backend backend, Socket socket, InputStream in, OutputStream out) {
        Connection(Backend backend, Socket socket) throws IOException {
            this(backend, socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
        }

        /** A request's head; null at the end of the connection. */
        String readRequest() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                head.append((char) next);
            }
            backend.requests.incrementAndGet();
            backend.mostWorking.accumulateAndGet(backend.working.incrementAndGet(), Math::max);
            return head.toString();
        }

        /** The body of a request with its chunks and trailers as they came. */
        String readBody(String head) throws IOException {
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            if (lower.contains("transfer-encoding: chunked")) {
                var body = new StringBuilder();
                while (!(body.toString().startsWith("0\r\n") || body.indexOf("\r\n0\r\n") >= 0)
                        || !body.toString().endsWith("\r\n\r\n")) {
                    body.append((char) in.read());
                }
                return body.toString();
            }
            return lower.contains("content-length: ")
                    ? new String(
                            in.readNBytes(Integer.parseInt(
                                    lower.split("content-length: ")[1].split("\r\n")[0])),
                            StandardCharsets.ISO_8859_1)
                    : "";
        }

        void answer(String text) throws IOException {
            backend.working.decrementAndGet();
            send("HTTP/1.1 200 OK\r\ncontent-length: " + text.length() + "\r\n\r\n" + text);
        }

        void send(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Returns when what was sent lies unread at the other end, which a busy kernel may bring it to later. */
        void awaitArrival() {
            String ends = String.format(":%04X [0-9A-F]+:%04X ", socket.getPort(), socket.getLocalPort());
            Pattern unread = Pattern.compile(ends + "[0-9A-F]{2} [0-9A-F]{8}:0*[1-9A-F]");
            while (Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                    .map(Path::of)
                    .filter(Files::exists)
                    .flatMap(Backend::lines)
                    .noneMatch(line -> unread.matcher(line).find())) {
                Thread.onSpinWait();
            }
        }
    }
}
