package dev.slipway.cloud.apprunner;

/** The states of operations on a service, by AWS's names. */
enum OperationStatus {
    PENDING,
    IN_PROGRESS,
    FAILED,
    SUCCEEDED,
    ROLLBACK_IN_PROGRESS,
    ROLLBACK_FAILED,
    ROLLBACK_SUCCEEDED
}
