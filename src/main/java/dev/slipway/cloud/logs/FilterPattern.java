package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's filter patterns, as far as they are terms: {@code a b} needs both, {@code "a b"} the phrase, {@code ?a ?b} either,
 * {@code -a} must not be there. Upper and lower case differ. What is in braces is a {@link JsonPattern}.
 */
final class FilterPattern implements Predicate<String> {
    private static final Pattern TERM = Pattern.compile("([-?]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"]+))");

    private final List<String> all = new ArrayList<>();
    private final List<String> any = new ArrayList<>();
    private final List<String> none = new ArrayList<>();

    private FilterPattern() {}

    static Predicate<String> parse(String text) {
        FilterPattern pattern = new FilterPattern();
        String trimmed = text.trim();
        if (trimmed.startsWith("{")) {
            return JsonPattern.parse(trimmed);
        }
        if (trimmed.startsWith("[") || trimmed.startsWith("%")) {
            throw LogOperations.invalid(
                    "Slipway's local cloud filters by terms and by JSON, not by fields or regular expressions; put a term"
                            + " with other signs than letters and digits in double quotes.");
        }
        Matcher terms = TERM.matcher(trimmed);
        int end = 0;
        while (terms.find()) {
            reject(trimmed.substring(end, terms.start()));
            end = terms.end();
            String term =
                    terms.group(2) == null ? terms.group(3) : terms.group(2).replaceAll("\\\\(.)", "$1");
            pattern.list(terms.group(1)).add(term);
        }
        reject(trimmed.substring(end));
        return pattern;
    }

    private static void reject(String between) {
        if (!between.isBlank()) {
            throw invalid();
        }
    }

    static AwsException invalid() {
        return LogOperations.invalid("Invalid filter pattern");
    }

    private List<String> list(String sign) {
        return switch (sign) {
            case "?" -> any;
            case "-" -> none;
            default -> all;
        };
    }

    @Override
    public boolean test(String message) {
        return all.stream().allMatch(message::contains)
                && none.stream().noneMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains));
    }
}
