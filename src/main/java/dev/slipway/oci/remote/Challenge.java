package dev.slipway.oci.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One {@code WWW-Authenticate} header, for example {@code Bearer realm="https://…",service="…",scope="…"}. */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=(?:\"([^\"]*)\"|([^\\s,\"]+))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    static Optional<Challenge> bearer(List<String> headers) {
        return headers.stream()
                .map(Challenge::parse)
                .filter(challenge -> challenge.scheme().equals("bearer")
                        && challenge.parameters().containsKey("realm"))
                .findFirst();
    }

    private static Challenge parse(String header) {
        String text = header.strip();
        int space = text.indexOf(' ');
        Map<String, String> parameters = new HashMap<>();
        if (space > 0) {
            Matcher match = PARAMETER.matcher(text.substring(space + 1));
            while (match.find()) {
                String value = match.group(2) != null ? match.group(2) : match.group(3);
                parameters.put(match.group(1).toLowerCase(Locale.ROOT), value);
            }
        }
        return new Challenge((space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT), parameters);
    }
}
