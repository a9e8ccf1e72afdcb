package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One operation on a service. Stored; times in milliseconds since the epoch.
 *
 * @param pulls whether it fetches the image anew; else the copy that is deployed is used again
 */
record OperationRecord(
        String id,
        OperationType type,
        OperationStatus status,
        boolean pulls,
        long startedAt,
        @Nullable Long endedAt,
        long updatedAt) {

    OperationRecord ended(OperationStatus result, Instant now) {
        return new OperationRecord(id, type, result, pulls, startedAt, now.toEpochMilli(), now.toEpochMilli());
    }

    /** The newest first. */
    String place() {
        return Page.descending(startedAt) + "/" + id;
    }

    /** The id as log streams are named after it. */
    String compactId() {
        return id.replace("-", "");
    }
}
