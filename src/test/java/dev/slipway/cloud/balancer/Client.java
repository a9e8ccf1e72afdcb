package dev.slipway.cloud.balancer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what a test says and reads answers one by one. */
final class Client implements AutoCloseable {
    final Socket socket = new Socket();
    final InputStream in;

    Client(InetSocketAddress address) throws IOException {
        socket.setSoTimeout(20_000);
        socket.connect(address);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a request without a body and reads its answer. */
    static Answer get(InetSocketAddress address, String target) throws IOException {
        try (var client = new Client(address)) {
            client.send("GET " + target + " HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
            return client.read();
        }
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    Answer read() throws IOException {
        return read(true);
    }

    String readHead() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after `" + head + "`");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    Answer read(boolean withBody) throws IOException {
        String head = readHead();
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        String body = "";
        if (withBody && lower.contains("transfer-encoding: chunked")) {
            body = readChunks();
        } else if (withBody && lower.contains("content-length: ")) {
            String length = lower.split("content-length: ")[1].split("\r\n")[0];
            body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
        } else if (withBody && status != 204 && status != 304) {
            body = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        return new Answer(status, head, body);
    }

    private String readChunks() throws IOException {
        var body = new StringBuilder();
        while (true) {
            var size = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                size.append((char) next);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            body.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            in.readNBytes(2);
            if (length == 0) {
                return body.toString();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(int status, String head, String body) {}
}
