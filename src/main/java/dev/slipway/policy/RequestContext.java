package dev.slipway.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The condition keys of a request; names are compared without regard to case. */
final class RequestContext {
    private final Map<String, List<String>> values = new HashMap<>();

    RequestContext(AccessRequest request) {
        // INVARIANT: what the evaluator knows of the caller wins over what the request says.
        request.context().forEach(this::put);
        put("aws:ResourceAccount", List.of(request.resourceAccount()));
        request.principal().contextKeys().forEach(this::put);
    }

    private void put(String key, List<String> of) {
        values.put(key.toLowerCase(Locale.ROOT), of);
    }

    Map<String, List<String>> all() {
        return new TreeMap<>(values);
    }

    /** Empty when the request has no such key. */
    List<String> values(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }
}
