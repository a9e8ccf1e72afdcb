package dev.slipway.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked.
 *
 * @param action for example {@code ecr:BatchGetImage}
 * @param resource an ARN, or {@code *} for an action without a resource
 * @param resourceAccount the account that owns the resource
 * @param context condition keys beyond those that follow from the principal
 */
public record AccessRequest(
        Principal principal,
        String action,
        String resource,
        String resourceAccount,
        Map<String, List<String>> context) {
    public AccessRequest {
        context = context.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** Every condition key of the request with its values, those of the principal included; names in lower case. */
    public Map<String, List<String>> keys() {
        return new RequestContext(this).all();
    }

    boolean isInsideOneAccount() {
        return principal.account().equals(resourceAccount);
    }
}
