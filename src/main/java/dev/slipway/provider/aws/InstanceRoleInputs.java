package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import dev.slipway.provider.ForcesReplacement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An IAM role that the running code of a service has.
 *
 * @param roleName 1 to 64 letters, digits or {@code +=,.@_-}; default: made from the resource's name
 * @param statements what the role may do; of an existing role: what it is checked for
 * @param managedPolicyArns managed policies that are attached; others that someone else attached stay
 * @param path the role's path, default {@code /}
 * @param permissionsBoundary ARN of a policy that caps the role
 * @param existing whether the role is there already and someone else's: it is checked and never changed
 */
record InstanceRoleInputs(
        @ForcesReplacement("IAM can't rename a role") @Nullable
        String roleName,

        @Nullable List<PolicyStatement> statements,
        @Nullable List<String> managedPolicyArns,

        @ForcesReplacement("IAM can't move a role to another path") @Nullable
        String path,

        @Nullable String permissionsBoundary,

        @ForcesReplacement("a role of someone else's can't become ours") @Default("false") @Nullable
        Boolean existing,

        @Nullable Map<String, String> tags) {
    List<PolicyStatement> may() {
        return statements == null ? List.of() : statements;
    }

    List<String> managed() {
        return managedPolicyArns == null ? List.of() : managedPolicyArns;
    }

    boolean exists() {
        return Boolean.TRUE.equals(existing);
    }

    /** The inline policy; null when there is nothing to say in one. */
    @Nullable
    String policy() {
        return may().isEmpty() ? null : StatementsJson.write(may());
    }
}
