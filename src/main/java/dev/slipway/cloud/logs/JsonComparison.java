package dev.slipway.cloud.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Compares a value in JSON with a number, or with a text in which {@code *} stands for any characters. */
final class JsonComparison {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?");

    private JsonComparison() {}

    /** @param wanted a number, a word, or a text in quotes */
    static Predicate<JsonNode> parse(String operator, String wanted) {
        if (NUMBER.matcher(wanted).matches()) {
            double number = Double.parseDouble(wanted);
            IntPredicate holds = holds(operator);
            return value -> value.isNumber() && holds.test(Double.compare(value.doubleValue(), number));
        }
        String text = wanted.startsWith("\"")
                ? wanted.substring(1, wanted.length() - 1).replaceAll("\\\\(.)", "$1")
                : wanted;
        return switch (operator) {
            case "=" -> value -> value.isValueNode() && fits(text, value.asText());
            case "!=" -> value -> value.isValueNode() && !fits(text, value.asText());
            default -> throw FilterPattern.invalid();
        };
    }

    private static IntPredicate holds(String operator) {
        return switch (operator) {
            case "=" -> order -> order == 0;
            case "!=" -> order -> order != 0;
            case "<" -> order -> order < 0;
            case "<=" -> order -> order <= 0;
            case ">" -> order -> order > 0;
            case ">=" -> order -> order >= 0;
            default -> throw FilterPattern.invalid();
        };
    }

    /** Takes each piece between stars at the first place where it is, which is right whenever it is possible at all. */
    private static boolean fits(String pattern, String text) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return pattern.equals(text);
        }
        String last = pieces[pieces.length - 1];
        if (!text.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = text.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return text.length() - at >= last.length() && text.endsWith(last);
    }
}
