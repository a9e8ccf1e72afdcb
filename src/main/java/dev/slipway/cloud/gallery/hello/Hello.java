package dev.slipway.cloud.gallery.hello;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A small web service that shows which version of it runs, where, and with which environment. It listens on {@code PORT} (8080 when not set).
 *
 * <p>{@code HELLO_FAIL=exit:3} lets it end at once with that code, {@code HELLO_PORT} lets it listen on another port than it was told,
 * {@code HELLO_DELAY} lets it wait so many milliseconds before it listens.
 */
public final class Hello {
    private static final int GRACE_SECONDS = 30;

    private Hello() {}

    /** @param args not used */
    public static void main(String[] args) throws IOException, InterruptedException {
        // Without it the server's small answers wait 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Map<String, String> environment = System.getenv();
        String version = version();
        String fail = environment.getOrDefault("HELLO_FAIL", "");
        if (fail.startsWith("exit:")) {
            int code = number("HELLO_FAIL", fail.substring(5), 255);
            System.err.println("hello " + version + " ends with code " + code + ", as HELLO_FAIL asks");
            System.exit(code);
        }
        int delay = number("HELLO_DELAY", environment.getOrDefault("HELLO_DELAY", "0"), Integer.MAX_VALUE);
        if (delay > 0) {
            System.out.println("hello " + version + " waits " + delay + " ms, as HELLO_DELAY asks");
            new CountDownLatch(1).await(delay, TimeUnit.MILLISECONDS);
        }
        String name = environment.containsKey("HELLO_PORT") ? "HELLO_PORT" : "PORT";
        int port = number(name, environment.getOrDefault(name, "8080"), 65_535);
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 1024);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        Pages pages = new Pages(version, environment);
        server.createContext("/", pages);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            // HttpServer.stop waits for its whole delay even when nothing is going on, so the waiting is done here.
            pages.awaitIdle(GRACE_SECONDS);
            server.stop(0);
            System.out.println("hello " + version + " stopped");
            System.out.flush();
            // The virtual machine would say 143 for a shutdown by SIGTERM; all requests were answered, so it is a
            // success.
            Runtime.getRuntime().halt(0);
        }));
        System.out.println("hello " + version + " listens on port " + port);
    }

    /** Ends the process with one line where a variable is no number from 0 to the most. */
    private static int number(String variable, String value, int most) {
        if (value.matches("[0-9]{1,10}") && Long.parseLong(value) <= most) {
            return Integer.parseInt(value);
        }
        System.err.println(variable + " is `" + value + "`: expected a number from 0 to " + most);
        System.exit(2);
        throw new IllegalStateException("the process has ended");
    }

    private static String version() throws IOException {
        try (InputStream file = Hello.class.getResourceAsStream("/VERSION")) {
            return file == null ? "unversioned" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
