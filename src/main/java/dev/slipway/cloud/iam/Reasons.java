package dev.slipway.cloud.iam;

import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Decision.Judged;
import dev.slipway.policy.Decision.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of statements, for people. */
final class Reasons {
    private Reasons() {}

    /** Why a statement counts or does not. */
    static String of(Judged judged, AccessRequest request) {
        return switch (judged.match()) {
            case MATCHES -> "matches";
            case OTHER_PRINCIPAL -> "names another principal";
            case NO_RESOURCE -> "names no resource";
            case OTHER_ACTION -> "is about other actions";
            case OTHER_RESOURCE -> "is about other resources";
            case CONDITION -> condition(String.valueOf(judged.line()), request);
        };
    }

    /** Why the trust policy of a role lets the one who asks not become it, after "because". */
    static String ofDistrust(AccessRequest request, Decision decision) {
        if (decision.reason() == Reason.EXPLICIT_DENY) {
            return "its trust policy denies it: " + each(decision.deciding(), request);
        }
        return "its trust policy does not allow it: " + each(decision.considered(), request);
    }

    private static String each(List<Judged> statements, AccessRequest request) {
        return statements.stream()
                .map(judged -> "Statement[" + judged.index() + "]: " + of(judged, request))
                .collect(Collectors.joining("; "));
    }

    private static String condition(String line, AccessRequest request) {
        String key = line.substring(line.lastIndexOf(' ') + 1);
        List<String> values = request.keys().get(key.toLowerCase(Locale.ROOT));
        return "its condition " + line + " does not hold: "
                + (values == null ? "the request has no such key" : "the request says " + String.join(", ", values));
    }
}
