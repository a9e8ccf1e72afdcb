package dev.slipway.cloud.iam;

import java.util.List;

/**
 * The task that was to delete a service-linked role.
 *
 * @param usedBy the ARNs of what kept it from going; empty when it went
 */
record Deletion(String account, String task, List<String> usedBy) {
    Deletion {
        // Absent in documents from before anything kept a role.
        usedBy = usedBy == null ? List.of() : List.copyOf(usedBy);
    }
}
