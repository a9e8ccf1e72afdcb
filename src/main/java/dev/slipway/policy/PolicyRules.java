package dev.slipway.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a document must and must not hold to play its part. The first words of each message are AWS's. */
final class PolicyRules {
    private PolicyRules() {}

    static void identity(PolicyDocument document) {
        sids(document);
        each(document, (statement, where) -> {
            if (statement.namesPrincipals()) {
                throw new MalformedPolicy("Policy document should not specify a principal. (" + where + ")");
            }
            if (!statement.namesResources()) {
                throw new MalformedPolicy(PolicyReader.NO_RESOURCES + " (" + where + ")");
            }
            resources(statement).forEach(resource -> ResourceForm.require(resource, where));
        });
    }

    /** What managed policies must be beyond that: in the current version of the language. */
    static void managed(PolicyDocument document) {
        if (!document.version().equals(PolicyDocument.CURRENT)) {
            throw new MalformedPolicy("Policy document must be version " + PolicyDocument.CURRENT + " or greater.");
        }
        identity(document);
    }

    static void trust(PolicyDocument document) {
        sids(document);
        each(document, (statement, where) -> {
            if (!statement.namesPrincipals()) {
                throw new MalformedPolicy("Missing required field Principal (" + where + ")");
            }
            if (statement.namesResources()) {
                throw new MalformedPolicy("Has prohibited field Resource (" + where + ")");
            }
            List<String> actions = statement.actions() == null ? List.of() : statement.actions();
            if (actions.stream()
                    .anyMatch(action -> !action.toLowerCase(Locale.ROOT).startsWith("sts:"))) {
                throw new MalformedPolicy("AssumeRole policy may only specify STS AssumeRole actions. (" + where + ")");
            }
        });
    }

    static void resource(PolicyDocument document) {
        each(document, (statement, where) -> {
            if (!statement.namesPrincipals()) {
                throw new MalformedPolicy(where + ": expected Principal or NotPrincipal");
            }
        });
    }

    static Stream<Principals> principals(PolicyDocument document) {
        return document.statements().stream()
                .flatMap(statement -> Stream.of(statement.principals(), statement.notPrincipals()))
                .filter(Objects::nonNull);
    }

    private static Stream<String> resources(Statement statement) {
        List<String> named = statement.resources();
        List<String> notNamed = statement.notResources();
        return Stream.concat(
                named == null ? Stream.of() : named.stream(), notNamed == null ? Stream.of() : notNamed.stream());
    }

    private static void sids(PolicyDocument document) {
        Set<String> seen = new HashSet<>();
        for (Statement statement : document.statements()) {
            String sid = statement.sid();
            if (sid == null || sid.isEmpty()) {
                continue;
            }
            if (!sid.matches("[0-9A-Za-z]*")) {
                throw new MalformedPolicy("Statement IDs (SID) must be alpha-numeric, but one is \"" + sid + "\".");
            }
            if (!seen.add(sid)) {
                throw new MalformedPolicy(
                        "Statement IDs (SID) in a single policy must be unique. (two are \"" + sid + "\")");
            }
        }
    }

    private static void each(PolicyDocument document, BiConsumer<Statement, String> rule) {
        for (int i = 0; i < document.statements().size(); i++) {
            rule.accept(document.statements().get(i), "Statement[" + i + "]");
        }
    }
}
