package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import dev.slipway.provider.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement of an identity policy.
 *
 * @param sid its name, letters and digits
 * @param effect {@code Allow} when absent
 * @param conditions operator to key to values, for example {@code StringEquals}, {@code aws:RequestedRegion}
 */
record PolicyStatement(
        @Nullable String sid,
        @Default("Allow") @Nullable Effect effect,

        @Required @Nullable List<String> actions,
        @Required @Nullable List<String> resources,
        @Nullable Map<String, Map<String, List<String>>> conditions) {
    /** In IAM's own spelling. */
    @SuppressWarnings("java:S115")
    enum Effect {
        Allow,
        Deny
    }
}
