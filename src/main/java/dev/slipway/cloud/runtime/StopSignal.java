package dev.slipway.cloud.runtime;

import java.util.Locale;
import java.util.Map;

/** The signal that asks an image's process to end. */
final class StopSignal {
    private static final int TERM = 15;
    private static final Map<String, Integer> NUMBERS = Map.of(
            "HUP", 1, "INT", 2, "QUIT", 3, "ABRT", 6, "KILL", 9, "USR1", 10, "USR2", 12, "TERM", TERM, "WINCH", 28);

    private StopSignal() {}

    /** @param text {@code SIGQUIT}, {@code QUIT} or {@code 3}; anything unknown is SIGTERM */
    static int number(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (name.matches("[1-9][0-9]?") && Integer.parseInt(name) < 65) {
            return Integer.parseInt(name);
        }
        if (name.startsWith("RTMIN+") && name.matches("RTMIN\\+[0-9]{1,2}")) {
            return 34 + Integer.parseInt(name.substring(6));
        }
        return NUMBERS.getOrDefault(name, TERM);
    }
}
