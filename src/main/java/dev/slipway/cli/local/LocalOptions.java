package dev.slipway.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start the local cloud.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param portIsWish take any free port when {@code port} is taken
 * @param runtime {@code auto}, {@code namespaces} or {@code docker}
 * @param iam {@code enforce} or {@code audit}
 * @param tls whether services answer HTTPS, and plain HTTP with a redirect to it
 */
public record LocalOptions(int port, boolean portIsWish, String runtime, String iam, boolean tls) {
    /** The port that is tried when nobody asks for another one. */
    public static final int USUAL_PORT = 4780;

    /** The same port as last time, unless somebody asks for a certain one: then URLs that were printed stay true. */
    public LocalOptions preferring(Path remembered) {
        if (port != 0 && !portIsWish) {
            return this;
        }
        try {
            return new LocalOptions(
                    Integer.parseInt(Files.readString(remembered).strip()), true, runtime, iam, tls);
        } catch (IOException | NumberFormatException neverStarted) {
            return this;
        }
    }

    /** What an environment asks for: {@code SLIPWAY_PORT} (a number), {@code SLIPWAY_RUNTIME}, {@code SLIPWAY_IAM} and {@code SLIPWAY_TLS} ({@code on}
     * or {@code off}). */
    public static LocalOptions of(Map<String, String> environment) {
        String port = environment.getOrDefault("SLIPWAY_PORT", "");
        String runtime = environment.getOrDefault("SLIPWAY_RUNTIME", "auto");
        String iam = environment.getOrDefault("SLIPWAY_IAM", "enforce");
        String tls = environment.getOrDefault("SLIPWAY_TLS", "off");
        if (!tls.matches("on|off")) {
            throw new LocalFailure("SLIPWAY_TLS: expected on or off, got `" + tls + "`");
        }
        if (!iam.matches("enforce|audit")) {
            throw new LocalFailure("SLIPWAY_IAM: expected enforce or audit, got `" + iam + "`");
        }
        if (port.isEmpty()) {
            return new LocalOptions(USUAL_PORT, true, runtime, iam, tls.equals("on"));
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new LocalFailure("SLIPWAY_PORT: expected a port from 0 to 65535, got `" + port + "`");
        }
        return new LocalOptions(Integer.parseInt(port), false, runtime, iam, tls.equals("on"));
    }

    /** This as the arguments of a process; {@link #ofWords} reads them. */
    public List<String> words() {
        return List.of(Integer.toString(port), portIsWish ? "wish" : "must", runtime, iam, tls ? "tls" : "plain");
    }

    /** What {@link #words()} gave. */
    public static LocalOptions ofWords(List<String> words) {
        return new LocalOptions(
                Integer.parseInt(words.get(0)),
                words.get(1).equals("wish"),
                words.get(2),
                words.get(3),
                words.get(4).equals("tls"));
    }
}
