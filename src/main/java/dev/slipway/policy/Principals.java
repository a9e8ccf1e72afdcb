package dev.slipway.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whom a statement speaks of: values by kind. {@code "Principal": "*"} reads as the AWS principal {@code *}.
 *
 * @param aws ARNs, account ids, unique ids or {@code *}
 * @param services service principals, for example {@code build.apprunner.amazonaws.com}
 * @param federated identity providers
 * @param canonicalUsers S3's canonical ids
 */
public record Principals(List<String> aws, List<String> services, List<String> federated, List<String> canonicalUsers) {
    static final String ANYONE = "*";

    public Principals {
        aws = List.copyOf(aws);
        services = List.copyOf(services);
        federated = List.copyOf(federated);
        canonicalUsers = List.copyOf(canonicalUsers);
    }

    Principals withAws(UnaryOperator<String> change) {
        return new Principals(
                aws.stream()
                        .map(name -> name.equals(ANYONE) ? name : change.apply(name))
                        .toList(),
                services,
                federated,
                canonicalUsers);
    }

    /** The kinds that name somebody, by the word that a document uses. */
    Map<String, List<String>> byWord() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("AWS", aws);
        words.put("Service", services);
        words.put("Federated", federated);
        words.put("CanonicalUser", canonicalUsers);
        words.values().removeIf(List::isEmpty);
        return words;
    }
}
