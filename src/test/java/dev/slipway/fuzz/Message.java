package dev.slipway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as bytes, made of parts any of which may be wrong. */
final class Message {
    private final String method;
    private final String target;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private String version = "HTTP/1.1";
    private boolean framed = true;

    Message(String method, String target) {
        this.method = method;
        this.target = target;
    }

    Message header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    Message body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Message body(byte[] bytes) {
        body = bytes;
        return this;
    }

    Message version(String text) {
        version = text;
        return this;
    }

    /** Says nothing of the body's length by itself. */
    Message unframed() {
        framed = false;
        return this;
    }

    String method() {
        return method;
    }

    /** True when its end can be known from what it says. */
    boolean complete() {
        return framed;
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (framed) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }

    @Override
    public String toString() {
        byte[] bytes = bytes();
        String text = new String(bytes, 0, Math.min(bytes.length, 4000), StandardCharsets.ISO_8859_1);
        return text.replaceAll("[^\\x20-\\x7e\\n]", "?") + (bytes.length > 4000 ? "… " + bytes.length + " bytes" : "");
    }
}
