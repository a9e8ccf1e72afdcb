package dev.slipway.cloud.trouble;

import dev.slipway.cloud.http.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exchange whose answer comes late, or never. */
final class StruckExchange implements HttpExchange {
    private final HttpExchange exchange;
    private final Blow blow;
    private final Pause pause;

    StruckExchange(HttpExchange exchange, Blow blow, Pause pause) {
        this.exchange = exchange;
        this.blow = blow;
        this.pause = pause;
    }

    /** Waits; false when the connection was closed instead of an answer. */
    private boolean answers() {
        if (!blow.delay().isZero()) {
            try {
                pause.pass(blow.delay());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        if (blow.outcome().equals(Optional.of(Kind.LOST))) {
            exchange.drop();
            return false;
        }
        return true;
    }

    @Override
    public void respond(int status, byte[] body) throws IOException {
        if (answers()) {
            exchange.respond(status, body);
        }
    }

    @Override
    public void respond(int status, long length, InputStream body) throws IOException {
        if (answers()) {
            exchange.respond(status, length, body);
        } else {
            body.close();
        }
    }

    @Override
    public void respond(int status, FileChannel file, long offset, long length) throws IOException {
        if (answers()) {
            exchange.respond(status, file, offset, length);
        } else {
            file.close();
        }
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String target() {
        return exchange.target();
    }

    @Override
    public Map<String, List<String>> headers() {
        return exchange.headers();
    }

    @Override
    public Optional<String> header(String name) {
        return exchange.header(name);
    }

    @Override
    public InetSocketAddress localAddress() {
        return exchange.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public InputStream body() {
        return exchange.body();
    }

    @Override
    public byte[] readBody(int limit) throws IOException {
        return exchange.readBody(limit);
    }

    @Override
    public void setHeader(String name, String value) {
        exchange.setHeader(name, value);
    }

    @Override
    public void drop() {
        exchange.drop();
    }
}
