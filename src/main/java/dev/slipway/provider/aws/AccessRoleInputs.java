package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import dev.slipway.provider.ForcesReplacement;
import dev.slipway.provider.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An IAM role with which App Runner pulls images.
 *
 * @param roleName 1 to 64 letters, digits or {@code +=,.@_-}; default: made from the resource's name
 * @param repositories what the role may pull: image identifiers or repository ARNs; checked inputs hold ARNs
 * @param path the role's path, default {@code /}
 * @param permissionsBoundary ARN of a policy that caps the role
 * @param existing whether the role is there already and someone else's: it is checked and never changed
 */
record AccessRoleInputs(
        @ForcesReplacement("IAM can't rename a role") @Nullable
        String roleName,

        @Required @Nullable List<String> repositories,

        @ForcesReplacement("IAM can't move a role to another path") @Nullable
        String path,

        @Nullable String permissionsBoundary,

        @ForcesReplacement("a role of someone else's can't become ours") @Default("false") @Nullable
        Boolean existing,

        @Nullable Map<String, String> tags) {
    List<String> pulls() {
        return repositories == null ? List.of() : repositories;
    }

    boolean exists() {
        return Boolean.TRUE.equals(existing);
    }
}
