package dev.slipway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 connection that sends exactly the bytes it is given and waits no longer than it is told. */
public final class RawHttp implements AutoCloseable {
    private final InetSocketAddress to;
    private final Duration patience;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean open;

    /** To a port of 127.0.0.1. */
    public RawHttp(int port, Duration patience) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patience);
    }

    public RawHttp(InetSocketAddress to, Duration patience) {
        this.to = to;
        this.patience = patience;
    }

    /** What came back; names of headers in lower case. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return status + " " + headers + " " + text();
        }
    }

    /**
     * Sends and reads one answer. Opens a connection when there is none; leaves it open when the answer says so.
     *
     * @param more false when nothing will follow even if the bytes are no whole request: the sending side is closed then
     * @throws java.net.SocketTimeoutException when the server is silent for longer than the patience
     * @throws EOFException when it closes without an answer
     */
    public Answer send(byte[] request, String method, boolean more) throws IOException {
        if (!open) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(to, 5000);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            open = true;
        }
        try {
            writeIgnoringRefusal(request);
            if (!more) {
                socket.shutdownOutput();
            }
            Answer answer = read(method);
            while (answer.status() / 100 == 1) {
                answer = read(method);
            }
            if (!more || "close".equalsIgnoreCase(answer.headers().get("connection"))) {
                close();
            }
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A server may answer and close before it has read everything; the answer is what counts. */
    private void writeIgnoringRefusal(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException refused) {
            if (in.available() == 0) {
                throw refused;
            }
        }
    }

    private Answer read(String method) throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("no status line: " + String.join(" ", status));
        }
        int code = Integer.parseInt(status[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean empty = method.equals("HEAD") || code / 100 == 1 || code == 204 || code == 304;
        return new Answer(code, headers, empty ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                whole.write(in.readNBytes(size));
                line();
            }
            line();
            return whole.toByteArray();
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("the server closed the connection in the middle of a body");
        }
        return body;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        open = false;
        socket.close();
    }
}
