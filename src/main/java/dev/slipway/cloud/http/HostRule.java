package dev.slipway.cloud.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which names a client may have called the server by. A web page whose own name is made to resolve to a loopback address (DNS
 * rebinding) comes with that name in {@code Host}, without an {@code Origin}, and is refused here.
 */
final class HostRule {
    private static final Pattern LOOPBACK = Pattern.compile(
            "127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1]|localhost\\.?|([a-z0-9_-]{1,63}\\.)+localhost\\.?");

    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

    /** What container engines call the machine that they run on; nobody can have these names in the public DNS. */
    private static final Set<String> MACHINE = Set.of("host.docker.internal", "host.containers.internal");

    private final Predicate<String> known;

    /** @param known names besides those of the loopback, in lower case, without port */
    HostRule(Predicate<String> known) {
        this.known = known;
    }

    boolean allows(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        return allows(host == null ? "" : name(host));
    }

    /** @param name in lower case, without port; empty from HTTP/1.0, which no browser sends */
    boolean allows(String name) {
        return name.isEmpty() || LOOPBACK.matcher(name).matches() || MACHINE.contains(name) || known.test(name);
    }

    private static String name(String host) {
        return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    }
}
