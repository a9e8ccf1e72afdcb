package dev.slipway.provider.aws;

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
 */
record AccessRoleInputs(
        @ForcesReplacement("IAM can't rename a role") @Nullable
        String roleName,

        @Required @Nullable List<String> repositories,

        @ForcesReplacement("IAM can't move a role to another path") @Nullable
        String path,

        @Nullable Map<String, String> tags) {}
