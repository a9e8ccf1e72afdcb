package dev.slipway.cloud.gallery.hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the hello service answers. */
final class Pages implements HttpHandler {
    private static final List<String> SECRET = List.of("SECRET", "PASSWORD", "TOKEN", "KEY", "CREDENTIAL");
    private static final long LONGEST_WAIT = Duration.ofMinutes(5).toMillis();

    private final String version;
    private final Map<String, String> environment;
    private final List<byte[]> held = new ArrayList<>();
    private final Phaser requests = new Phaser(1);

    private record Answer(int status, String text) {}

    Pages(String version, Map<String, String> environment) {
        this.version = version;
        this.environment = environment;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.register();
        try {
            respond(exchange);
        } finally {
            requests.arriveAndDeregister();
        }
    }

    /** Waits until every request was answered. */
    void awaitIdle(int seconds) {
        try {
            requests.awaitAdvanceInterruptibly(requests.arrive(), seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            System.out.println("requests were still running after " + seconds + " s");
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            Answer answer;
            try {
                answer = answer(exchange.getRequestURI());
            } catch (NumberFormatException e) {
                answer = new Answer(400, "expected a number: " + e.getMessage() + "\n");
            }
            byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.getResponseHeaders().set("X-Instance", instance());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            System.out.println(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + answer.status());
        }
    }

    private Answer answer(URI uri) {
        String path = uri.getPath();
        if (path.startsWith("/env/")) {
            return variable(path.substring("/env/".length()));
        }
        return switch (path) {
            case "/" -> new Answer(200, page());
            case "/healthz" -> new Answer(200, "ok\n");
            case "/slow" -> slow(Math.min(number(uri, "ms", 1000), LONGEST_WAIT));
            case "/memory" -> memory((int) number(uri, "mb", 64));
            case "/exit" -> {
                Runtime.getRuntime().halt((int) number(uri, "code", 1));
                yield new Answer(500, "");
            }
            default -> new Answer(404, "nothing at " + path + "\n");
        };
    }

    private String page() {
        return environment.getOrDefault("GREETING", "Hello from Slipway.") + "\n\nversion   " + version + "\ninstance  "
                + instance() + "\n";
    }

    private Answer variable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (SECRET.stream().anyMatch(upper::contains)) {
            return new Answer(403, name + " looks like a secret and is not shown\n");
        }
        String value = environment.get(name);
        return value == null ? new Answer(404, name + " is not set\n") : new Answer(200, value + "\n");
    }

    private static Answer slow(long millis) {
        try {
            boolean woken = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            return new Answer(200, (woken ? "woken within " : "waited ") + millis + " ms\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(503, "interrupted\n");
        }
    }

    /** Takes memory and keeps it; every page is written, else the kernel would not count it. */
    private Answer memory(int megabytes) {
        synchronized (held) {
            for (int i = 0; i < megabytes; i++) {
                byte[] block = new byte[1 << 20];
                for (int at = 0; at < block.length; at += 4096) {
                    block[at] = 1;
                }
                held.add(block);
            }
            return new Answer(200, held.size() + " MB held\n");
        }
    }

    private String instance() {
        return environment.getOrDefault("HOSTNAME", "unknown");
    }

    private static long number(URI uri, String name, long otherwise) {
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return Long.parseLong(pair.substring(name.length() + 1));
            }
        }
        return otherwise;
    }
}
