package dev.slipway.cloud.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request of a {@link Connection} as a blocking handler sees it. */
final class Exchange implements HttpExchange {
    private static final int CHUNK = 64 * 1024;

    private final HttpRequest request;
    private final String target;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final BodyStream body;
    private final Answer answer;
    private final Map<String, List<String>> headers;
    private final HttpHeaders answerHeaders = new DefaultHttpHeaders();
    private boolean answered;

    Exchange(HttpRequest request, InetSocketAddress local, InetSocketAddress remote, BodyStream body, Answer answer) {
        this.request = request;
        this.target = originForm(request.uri());
        this.local = local;
        this.remote = remote;
        this.body = body;
        this.answer = answer;
        Map<String, List<String>> names = new LinkedHashMap<>();
        request.headers().forEach(header -> names.computeIfAbsent(
                        header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                .add(header.getValue()));
        names.replaceAll((name, values) -> List.copyOf(values));
        this.headers = Collections.unmodifiableMap(names);
    }

    /** A client that takes us for its proxy sends {@code http://host/path}; handlers see {@code /path}. */
    private static String originForm(String uri) {
        if (uri.startsWith("/") || uri.equals("*")) {
            return uri;
        }
        int authority = uri.indexOf("://");
        if (authority < 0) {
            return uri;
        }
        int path = uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public byte[] readBody(int limit) throws IOException {
        long announced = header("content-length").map(Long::parseLong).orElse(-1L);
        if (announced > limit) {
            throw new BodyTooLarge(limit);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream((int) Math.max(1024, Math.min(announced, CHUNK)));
        byte[] chunk = new byte[8192];
        for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
            if (whole.size() + count > limit) {
                throw new BodyTooLarge(limit);
            }
            whole.write(chunk, 0, count);
        }
        return whole.toByteArray();
    }

    @Override
    public void setHeader(String name, String value) {
        answerHeaders.add(name, value);
    }

    @Override
    public void respond(int status, byte[] bytes) throws IOException {
        begin();
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
        response.headers().set(answerHeaders);
        if (mayHaveBody(status)) {
            frame(response.headers(), bytes.length);
        }
        answer.send(response, bytes.length);
        answer.finish();
    }

    @Override
    public void respond(int status, long length, InputStream source) throws IOException {
        try (source) {
            begin();
            DefaultHttpResponse response =
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
            response.headers().set(answerHeaders);
            if (mayHaveBody(status)) {
                frame(response.headers(), length);
            }
            answer.send(response, 0);
            if (mayHaveBody(status) && !isHead()) {
                copy(source, length);
            }
            answer.send(LastHttpContent.EMPTY_LAST_CONTENT, 0);
            answer.finish();
        }
    }

    @Override
    public void drop() {
        begin();
        answer.drop();
    }

    @Override
    public void respond(int status, FileChannel file, long offset, long length) throws IOException {
        try (file) {
            begin();
            DefaultHttpResponse response =
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
            response.headers().set(answerHeaders);
            frame(response.headers(), length);
            answer.send(response, 0);
            for (long sent = 0; sent < length && !isHead(); sent += FilePiece.MOST_BYTES) {
                long count = Math.min(FilePiece.MOST_BYTES, length - sent);
                answer.send(new FilePiece(file, offset + sent, count), CHUNK);
            }
            answer.send(LastHttpContent.EMPTY_LAST_CONTENT, 0);
            answer.finish();
        }
    }

    private void copy(InputStream source, long length) throws IOException {
        long left = length < 0 ? Long.MAX_VALUE : length;
        while (left > 0) {
            int most = (int) Math.min(CHUNK, left);
            ByteBuf chunk = answer.buffer(most);
            int count = -1;
            try {
                count = chunk.writeBytes(source, most);
            } finally {
                if (count < 0) {
                    chunk.release();
                }
            }
            if (count < 0 && length < 0) {
                return;
            }
            if (count < 0) {
                throw new IOException("the answer ended " + left + " bytes short of the announced " + length);
            }
            left -= count;
            answer.send(new DefaultHttpContent(chunk), count);
        }
    }

    private void begin() {
        if (answered) {
            throw new IllegalStateException("this request is already answered");
        }
        answered = true;
    }

    private void frame(HttpHeaders response, long length) {
        if (isHead() && response.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            // What GET would send: only the handler knows it.
            return;
        }
        response.remove(HttpHeaderNames.CONTENT_LENGTH);
        if (length >= 0) {
            response.set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (!request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            response.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    private boolean isHead() {
        return method().equals("HEAD");
    }

    private static boolean mayHaveBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }
}
