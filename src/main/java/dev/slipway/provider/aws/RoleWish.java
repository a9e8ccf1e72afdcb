package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a role shall be.
 *
 * @param path null for {@code /}
 * @param policyName the name of the one inline policy that is ours
 * @param policy its document; null for none
 * @param managed ARNs of managed policies
 * @param boundary ARN of the permissions boundary; null for none
 * @param tags a person's; null when the program doesn't say
 */
record RoleWish(
        String name,
        @Nullable String path,
        String description,
        String trust,
        String policyName,
        @Nullable String policy,
        List<String> managed,
        @Nullable String boundary,
        @Nullable Map<String, String> tags) {}
