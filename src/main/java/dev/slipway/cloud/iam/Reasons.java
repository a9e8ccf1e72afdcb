package dev.slipway.cloud.iam;

import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Reason;
import dev.slipway.policy.Principals;
import dev.slipway.policy.Statement;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of statements, for people. */
final class Reasons {
    /** How many actions or resources of a statement are named. */
    private static final int NAMED = 5;

    private final UnaryOperator<String> names;

    /** @param names what to call a principal that a policy names by its unique id */
    Reasons(UnaryOperator<String> names) {
        this.names = names;
    }

    /** Why a statement counts or does not. */
    String of(Judged judged, AccessRequest request) {
        return switch (judged.match()) {
            case MATCHES -> "matches";
            case OTHER_PRINCIPAL -> "names " + others(judged.statement());
            case NO_RESOURCE -> "names no resource";
            case OTHER_ACTION ->
                about(
                        "actions",
                        judged.statement().actions(),
                        judged.statement().notActions());
            case OTHER_RESOURCE ->
                about(
                        "resources",
                        judged.statement().resources(),
                        judged.statement().notResources());
            case CONDITION -> condition(String.valueOf(judged.line()), request);
        };
    }

    /** Why the trust policy of a role lets the one who asks not become it, after "because". */
    String ofDistrust(AccessRequest request, Decision decision) {
        return decision.reason() == Reason.EXPLICIT_DENY
                ? "its trust policy denies it (" + each(decision.deciding(), request) + ")"
                : "its trust policy does not allow it (" + each(decision.considered(), request) + ")";
    }

    private String each(List<Judged> statements, AccessRequest request) {
        return statements.stream()
                .map(judged -> "statement " + (judged.index() + 1) + ": " + of(judged, request))
                .collect(Collectors.joining("; "));
    }

    private String others(Statement statement) {
        Principals named = statement.principals();
        if (named == null) {
            return "everyone but the principal";
        }
        List<String> all = Stream.of(named.aws().stream().map(names), named.services().stream())
                .flatMap(each -> each)
                .toList();
        return "another principal" + (all.isEmpty() ? "" : ": " + some(all));
    }

    private static String about(String what, @Nullable List<String> named, @Nullable List<String> notNamed) {
        if (named != null) {
            return "is about other " + what + ": " + some(named);
        }
        return "is not about these " + what + ": " + (notNamed == null ? "none" : some(notNamed));
    }

    private static String some(List<String> all) {
        String some = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() <= NAMED ? some : some + " and " + (all.size() - NAMED) + " more";
    }

    private static String condition(String line, AccessRequest request) {
        String key = line.substring(line.lastIndexOf(' ') + 1);
        List<String> values = request.keys().get(key.toLowerCase(Locale.ROOT));
        return "its condition " + line + " does not hold: "
                + (values == null ? "the request has no such key" : "the request says " + String.join(", ", values));
    }
}
