package dev.slipway.policy;

import java.util.List;
import java.util.Locale;

/**
 * One line of a statement's condition block.
 *
 * @param quantifier how a key of several values is looked at
 * @param ifExists true when the line also holds for a request without the key
 * @param key the condition key as written; keys are compared without regard to case
 * @param values what the key is compared with; one match is enough
 */
public record Condition(
        Quantifier quantifier, ConditionOperator operator, boolean ifExists, String key, List<String> values) {
    public Condition {
        values = List.copyOf(values);
    }

    /** How the values of a key that has several are joined. */
    public enum Quantifier {
        NONE(""),
        FOR_ALL_VALUES("ForAllValues:"),
        FOR_ANY_VALUE("ForAnyValue:");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }
    }

    /** The operator as a document spells it, for example {@code ForAnyValue:StringLikeIfExists}. */
    public String operatorName() {
        return quantifier.prefix + operator.word() + (ifExists ? "IfExists" : "");
    }

    boolean holds(RequestContext context, Variables variables) {
        List<String> actual = context.values(key);
        if (operator == ConditionOperator.NULL) {
            return values.stream().anyMatch(value -> Boolean.parseBoolean(value) == actual.isEmpty());
        }
        if (actual.isEmpty()) {
            return holdsWithoutTheKey();
        }
        boolean everyValue =
                quantifier == Quantifier.FOR_ALL_VALUES || (quantifier == Quantifier.NONE && operator.negated());
        return everyValue
                ? actual.stream().allMatch(value -> satisfies(value, variables))
                : actual.stream().anyMatch(value -> satisfies(value, variables));
    }

    private boolean holdsWithoutTheKey() {
        return switch (quantifier) {
            case FOR_ALL_VALUES -> true;
            case FOR_ANY_VALUE -> ifExists;
            case NONE -> ifExists || operator.negated();
        };
    }

    private boolean satisfies(String actual, Variables variables) {
        return values.stream().anyMatch(value -> operator.matches(value, actual, variables)) != operator.negated();
    }

    /** Reads an operator's name; the case of its letters does not matter. */
    static Condition read(String where, String name, String key, List<String> values) {
        String rest = name.toLowerCase(Locale.ROOT);
        Quantifier quantifier = Quantifier.NONE;
        for (Quantifier candidate : Quantifier.values()) {
            String prefix = candidate.prefix.toLowerCase(Locale.ROOT);
            if (!prefix.isEmpty() && rest.startsWith(prefix)) {
                quantifier = candidate;
                rest = rest.substring(prefix.length());
            }
        }
        boolean ifExists = rest.endsWith("ifexists");
        if (ifExists) {
            rest = rest.substring(0, rest.length() - "ifexists".length());
        }
        String base = rest;
        ConditionOperator operator = ConditionOperator.named(base)
                .filter(found -> found != ConditionOperator.NULL || base.length() == name.length())
                .orElseThrow(() -> MalformedPolicy.syntax(where + ": unknown condition operator " + name));
        values.forEach(value -> operator.requireReadable(where + "." + name + "." + key, value));
        return new Condition(quantifier, operator, ifExists, key, values);
    }
}
