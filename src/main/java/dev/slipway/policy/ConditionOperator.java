package dev.slipway.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The comparisons of a condition block. A negated operator is the plain one turned round. */
public enum ConditionOperator {
    STRING_EQUALS("StringEquals", Comparison.EXACT),
    STRING_NOT_EQUALS("StringNotEquals", Comparison.EXACT),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Comparison.IGNORING_CASE),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Comparison.IGNORING_CASE),
    STRING_LIKE("StringLike", Comparison.LIKE),
    STRING_NOT_LIKE("StringNotLike", Comparison.LIKE),
    NUMERIC_EQUALS("NumericEquals", Comparison.number(sign -> sign == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Comparison.number(sign -> sign == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", Comparison.number(sign -> sign < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Comparison.number(sign -> sign <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Comparison.number(sign -> sign > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Comparison.number(sign -> sign >= 0)),
    DATE_EQUALS("DateEquals", Comparison.date(sign -> sign == 0)),
    DATE_NOT_EQUALS("DateNotEquals", Comparison.date(sign -> sign == 0)),
    DATE_LESS_THAN("DateLessThan", Comparison.date(sign -> sign < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Comparison.date(sign -> sign <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", Comparison.date(sign -> sign > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Comparison.date(sign -> sign >= 0)),
    BOOL("Bool", Comparison.TRUTH),
    BINARY_EQUALS("BinaryEquals", Comparison.VERBATIM),
    IP_ADDRESS("IpAddress", Comparison.ADDRESS),
    NOT_IP_ADDRESS("NotIpAddress", Comparison.ADDRESS),
    ARN_EQUALS("ArnEquals", Comparison.ARN),
    ARN_NOT_EQUALS("ArnNotEquals", Comparison.ARN),
    ARN_LIKE("ArnLike", Comparison.ARN),
    ARN_NOT_LIKE("ArnNotLike", Comparison.ARN),
    NULL("Null", Comparison.TRUTH);

    private final String word;
    /** Functions without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Comparison comparison;

    ConditionOperator(String word, Comparison comparison) {
        this.word = word;
        this.comparison = comparison;
    }

    static Optional<ConditionOperator> named(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** The name in a document. */
    public String word() {
        return word;
    }

    boolean negated() {
        return word.toLowerCase(Locale.ROOT).contains("not");
    }

    /** The plain comparison, also for a negated operator. */
    boolean matches(String expected, String actual, Variables variables) {
        return comparison.test(expected, actual, variables);
    }

    /** A value that can never be compared would make a Deny silently void, so the document is refused. */
    void requireReadable(String where, String value) {
        if (!comparison.readable().test(value)) {
            throw MalformedPolicy.called(
                    PolicyReader.LEGACY,
                    where + ": expected " + comparison.wanted() + " for " + word + " but found \"" + value + "\"");
        }
    }

    /**
     * @param readable whether a value of a document can be compared
     * @param wanted what it should be, for a message
     */
    private record Comparison(Test test, Predicate<String> readable, String wanted) {
        static final Comparison EXACT = text((expected, actual, variables) ->
                variables.literal(expected).filter(actual::equals).isPresent());
        static final Comparison IGNORING_CASE = text((expected, actual, variables) ->
                variables.literal(expected).filter(actual::equalsIgnoreCase).isPresent());
        static final Comparison LIKE = text((expected, actual, variables) ->
                variables.glob(expected).filter(glob -> glob.matches(actual)).isPresent());
        static final Comparison VERBATIM = text((expected, actual, variables) -> expected.equals(actual));
        static final Comparison ARN = text(Arns::like);
        static final Comparison TRUTH = new Comparison(
                (expected, actual, variables) -> expected.equalsIgnoreCase(actual),
                value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"),
                "true or false");
        static final Comparison ADDRESS = new Comparison(
                (expected, actual, variables) -> AddressRange.parse(actual)
                        .flatMap(address -> AddressRange.parse(expected).filter(range -> range.contains(address)))
                        .isPresent(),
                value -> AddressRange.parse(value).isPresent(),
                "an IP address or a range such as 203.0.113.0/24");

        static Comparison text(Test test) {
            return new Comparison(test, value -> true, "text");
        }

        static Comparison number(IntPredicate sign) {
            return ordered(Scalars::number, sign, "a number");
        }

        static Comparison date(IntPredicate sign) {
            return ordered(Scalars::date, sign, "a date such as 2026-01-31T00:00:00Z or epoch seconds");
        }

        private static <T extends Comparable<? super T>> Comparison ordered(
                Function<String, Optional<T>> read, IntPredicate sign, String wanted) {
            return new Comparison(
                    (expected, actual, variables) -> read.apply(actual)
                            .flatMap(left -> read.apply(expected).filter(right -> sign.test(left.compareTo(right))))
                            .isPresent(),
                    value -> read.apply(value).isPresent(),
                    wanted);
        }

        private boolean test(String expected, String actual, Variables variables) {
            return test.test(expected, actual, variables);
        }
    }

    private interface Test {
        boolean test(String expected, String actual, Variables variables);
    }
}
