package dev.slipway.cloud.iam;

import dev.slipway.policy.PolicyDocument;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Policies that were read before: the same texts decide again and again. */
final class ParsedPolicies {
    private static final int MOST = 500;

    private final Map<String, PolicyDocument> parsed = new ConcurrentHashMap<>();

    PolicyDocument of(String text) {
        PolicyDocument known = parsed.get(text);
        if (known != null) {
            return known;
        }
        if (parsed.size() >= MOST) {
            parsed.clear();
        }
        PolicyDocument document = PolicyDocument.parse(text);
        parsed.put(text, document);
        return document;
    }
}
