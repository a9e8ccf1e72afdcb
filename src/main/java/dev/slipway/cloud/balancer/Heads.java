package dev.slipway.cloud.balancer;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** How the heads of requests and answers change on their way through. */
final class Heads {
    private static final List<CharSequence> HOP_BY_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            "keep-alive",
            "proxy-connection",
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE);
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private Heads() {}

    /** The request as the application sees it. */
    static HttpRequest toTarget(HttpRequest request, InetSocketAddress local, InetSocketAddress remote) {
        var changed = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                originForm(request.uri()),
                request.headers().copy());
        HttpHeaders headers = changed.headers();
        removeHopByHop(headers);
        // The balancer answers 100-continue itself, once a target has been found.
        headers.remove(HttpHeaderNames.EXPECT);
        if (!headers.contains(HttpHeaderNames.HOST)) {
            headers.set(HttpHeaderNames.HOST, local.getAddress().getHostAddress() + ":" + local.getPort());
        }
        String before = headers.get("x-forwarded-for");
        String client = remote.getAddress().getHostAddress();
        headers.set("x-forwarded-for", before == null ? client : before + ", " + client);
        headers.set("x-forwarded-proto", "http");
        headers.set("x-forwarded-host", headers.get(HttpHeaderNames.HOST));
        return changed;
    }

    /** The answer as the client sees it. An answer that says nothing of its length ends with its connection; a client of HTTP/1.1 gets it in chunks. */
    static HttpResponse toClient(HttpResponse response, HttpRequest request, boolean keepAlive) {
        var changed = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, response.status(), response.headers().copy());
        HttpHeaders headers = changed.headers();
        removeHopByHop(headers);
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        boolean close = !keepAlive;
        if (hasBody(response, request) && !HttpUtil.isContentLengthSet(changed)) {
            HttpUtil.setTransferEncodingChunked(changed, !old);
            close = close || old;
        }
        if (close) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (old) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return changed;
    }

    static boolean asksForWebSocket(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    static boolean isIdempotent(HttpRequest request) {
        return IDEMPOTENT.contains(request.method());
    }

    private static boolean hasBody(HttpResponse response, HttpRequest request) {
        int status = response.status().code();
        return !request.method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }

    private static void removeHopByHop(HttpHeaders headers) {
        for (String named : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : named.split(",")) {
                // What frames the message is not the sender's to take away.
                if (!name.isBlank()
                        && !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name.strip())
                        && !HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name.strip())
                        && !HttpHeaderNames.HOST.contentEqualsIgnoreCase(name.strip())) {
                    headers.remove(name.strip());
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }

    private static String originForm(String uri) {
        int scheme = uri.startsWith("http://") ? 7 : uri.startsWith("https://") ? 8 : 0;
        if (scheme == 0) {
            return uri;
        }
        int path = uri.indexOf('/', scheme);
        return path < 0 ? "/" : uri.substring(path);
    }
}
