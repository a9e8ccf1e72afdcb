package dev.slipway.cloud.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Speaks Docker's Engine API over its unix socket: one connection a request, since the JDK's own HTTP client can't do unix sockets. */
final class EngineClient {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Docker 19.03 and Podman 4 know it, and newer ones still do. */
    private static final String VERSION = "/v1.40";

    private final Path socket;

    EngineClient(Path socket) {
        this.socket = socket;
    }

    /** An answer whose body is read from its stream; closing it ends the connection. */
    record Answer(int status, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }

        /** The body as JSON; {@code message} holds the engine's reason when the status is an error. */
        JsonNode json() throws IOException {
            byte[] bytes = body.readAllBytes();
            return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
        }
    }

    /** Writes the body of a request. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** A request with a small or no body, and the whole answer; fails when the status is an error. */
    JsonNode call(String method, String path, @Nullable JsonNode body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        try (Answer answer = send(method, path, "application/json", bytes.length, out -> out.write(bytes))) {
            return checked(method + " " + path, answer);
        }
    }

    /** As {@link #call}, with a body of unknown length. */
    JsonNode upload(String path, Body body) throws IOException {
        try (Answer answer = send("POST", path, "application/x-tar", -1, body)) {
            return checked("POST " + path, answer);
        }
    }

    /** An answer that goes on, such as logs. */
    Answer follow(String path) throws IOException {
        return send("GET", path, "application/json", 0, out -> {});
    }

    private static JsonNode checked(String what, Answer answer) throws IOException {
        if (answer.status() >= 400) {
            byte[] bytes = answer.body().readAllBytes();
            String text = new String(bytes, StandardCharsets.UTF_8);
            String message =
                    text.startsWith("{") ? JSON.readTree(bytes).path("message").asText(text) : text;
            throw new EngineRefused(
                    answer.status(), what + " was answered with " + answer.status() + ": " + message.strip());
        }
        String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        // An upload is answered by several documents; only the last says how it ended.
        int last = text.stripTrailing().lastIndexOf("\n{");
        return text.isBlank() || !"{[".contains(text.strip().substring(0, 1))
                ? JSON.createObjectNode()
                : JSON.readTree(last < 0 ? text : text.substring(last));
    }

    private Answer send(String method, String path, String type, long length, Body body) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            OutputStream out = Channels.newOutputStream(channel);
            String size = length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
            String head =
                    method + " " + VERSION + path + " HTTP/1.1\r\nHost: engine\r\nConnection: close\r\nContent-Type: "
                            + type + "\r\n" + size + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            if (length < 0) {
                ChunkedOutput chunks = new ChunkedOutput(out);
                body.write(chunks);
                chunks.finish();
            } else {
                body.write(out);
            }
            return answer(new BufferedInputStream(Channels.newInputStream(channel)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
            throw new IOException("the engine did not answer in HTTP");
        }
        long length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        int status = Integer.parseInt(first[1]);
        boolean none = status == 204 || status == 304;
        return new Answer(status, chunked ? new ChunkedInput(in) : new Limited(in, none ? 0 : length));
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                throw new EOFException("the engine hung up in the middle of its answer");
            }
            if (line.length() > 65536) {
                throw new IOException("the engine's answer has a line without an end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** A body of a known length, or until the connection ends when it is negative. */
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long length) {
            super(in);
            this.left = length < 0 ? Long.MAX_VALUE : length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }

    /** The engine said no. */
    static final class EngineRefused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        EngineRefused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
