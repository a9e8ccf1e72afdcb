package dev.slipway.cloud.apprunner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One operation on a service. Stored; times in milliseconds since the epoch.
 *
 * @param pulls whether it fetches the image anew; else the copy that is deployed is used again
 */
record OperationRecord(
        String id,
        Type type,
        Status status,
        boolean pulls,
        long startedAt,
        @Nullable Long endedAt,
        long updatedAt) {

    enum Type {
        START_DEPLOYMENT,
        CREATE_SERVICE,
        PAUSE_SERVICE,
        RESUME_SERVICE,
        DELETE_SERVICE,
        UPDATE_SERVICE
    }

    enum Status {
        PENDING,
        IN_PROGRESS,
        FAILED,
        SUCCEEDED,
        ROLLBACK_IN_PROGRESS,
        ROLLBACK_FAILED,
        ROLLBACK_SUCCEEDED
    }

    OperationRecord ended(Status result, Instant now) {
        return new OperationRecord(id, type, result, pulls, startedAt, now.toEpochMilli(), now.toEpochMilli());
    }

    /** The id as log streams are named after it. */
    String compactId() {
        return id.replace("-", "");
    }
}
