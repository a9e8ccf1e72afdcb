package dev.slipway.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts a document into the one form that all documents of the same meaning share. */
final class Canonical {
    private Canonical() {}

    static PolicyDocument of(PolicyDocument document) {
        return new PolicyDocument(
                document.version(),
                document.id(),
                document.statements().stream()
                        .map(Canonical::of)
                        .sorted(Comparator.comparing(PolicyWriter::write))
                        .toList());
    }

    private static Statement of(Statement statement) {
        UnaryOperator<String> lower = text -> text.toLowerCase(Locale.ROOT);
        return new Statement(
                statement.sid(),
                statement.effect(),
                of(statement.principals()),
                of(statement.notPrincipals()),
                sorted(statement.actions(), lower),
                sorted(statement.notActions(), lower),
                sorted(statement.resources(), UnaryOperator.identity()),
                sorted(statement.notResources(), UnaryOperator.identity()),
                statement.conditions().stream()
                        .map(condition -> new Condition(
                                condition.quantifier(),
                                condition.operator(),
                                condition.ifExists(),
                                lower.apply(condition.key()),
                                distinct(condition.values(), UnaryOperator.identity())))
                        .sorted(Comparator.comparing(Condition::operatorName)
                                .thenComparing(Condition::key)
                                .thenComparing(condition -> String.join("\n", condition.values())))
                        .toList());
    }

    private static @Nullable Principals of(@Nullable Principals principals) {
        return principals == null
                ? null
                : new Principals(
                        distinct(principals.aws(), Canonical::account),
                        distinct(principals.services(), UnaryOperator.identity()),
                        distinct(principals.federated(), UnaryOperator.identity()),
                        distinct(principals.canonicalUsers(), UnaryOperator.identity()));
    }

    private static String account(String principal) {
        return principal.matches("\\d{12}") ? Principal.rootArn(principal) : principal;
    }

    private static @Nullable List<String> sorted(@Nullable List<String> values, UnaryOperator<String> form) {
        return values == null ? null : distinct(values, form);
    }

    private static List<String> distinct(Collection<String> values, UnaryOperator<String> form) {
        return values.stream().map(form).distinct().sorted().toList();
    }
}
