package dev.slipway.cloud.iam;

import java.util.List;

/** Who needs the role that a service has made for itself; as long as anybody does, it cannot be deleted. */
public interface LinkedRoleUses {
    /** Nobody needs any. */
    LinkedRoleUses NONE = (account, service) -> List.of();

    /**
     * The ARNs of what needs it, in any region.
     *
     * @param service the role's, for example {@code apprunner.amazonaws.com}
     */
    List<String> of(String account, String service);
}
