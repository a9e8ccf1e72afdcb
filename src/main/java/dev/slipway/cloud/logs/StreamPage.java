package dev.slipway.cloud.logs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of one stream, and how to go on in both directions. At an end the token comes back as it was given, which is how clients know
 * that there is nothing more for now.
 */
record StreamPage(List<LogEvent> events, String forward, String backward) {
    private static final Pattern TOKEN = Pattern.compile("([fb])/([0-9]{1,18})");
    private static final int MOST_BYTES = 1024 * 1024;

    static StreamPage of(List<LogEvent> all, Optional<String> token, boolean fromHead, int limit) {
        if (token.isEmpty()) {
            long last = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
            return fromHead ? after(all, 0, limit) : before(all, last + 1, limit);
        }
        Matcher parsed = TOKEN.matcher(token.get());
        if (!parsed.matches()) {
            throw LogOperations.invalid("The specified nextToken is invalid.");
        }
        long number = Long.parseLong(parsed.group(2));
        return parsed.group(1).equals("f") ? after(all, number, limit) : before(all, number, limit);
    }

    private static StreamPage after(List<LogEvent> all, long number, int limit) {
        int from = 0;
        while (from < all.size() && all.get(from).number() <= number) {
            from++;
        }
        int to = from;
        for (long bytes = 0; to < all.size() && to - from < limit && bytes < MOST_BYTES; to++) {
            bytes += all.get(to).weight();
        }
        return page(all.subList(from, to), number, number + 1);
    }

    private static StreamPage before(List<LogEvent> all, long number, int limit) {
        int to = all.size();
        while (to > 0 && all.get(to - 1).number() >= number) {
            to--;
        }
        int from = to;
        for (long bytes = 0; from > 0 && to - from < limit && bytes < MOST_BYTES; from--) {
            bytes += all.get(from - 1).weight();
        }
        return page(all.subList(from, to), Math.max(number - 1, 0), number);
    }

    private static StreamPage page(List<LogEvent> events, long forwardIfEmpty, long backwardIfEmpty) {
        long forward = events.isEmpty()
                ? forwardIfEmpty
                : events.get(events.size() - 1).number();
        long backward = events.isEmpty() ? backwardIfEmpty : events.get(0).number();
        return new StreamPage(events, "f/" + forward, "b/" + backward);
    }
}
