package dev.slipway.cloud.apprunner;

/** The states of a service, by AWS's names. */
enum ServiceStatus {
    CREATE_FAILED,
    RUNNING,
    DELETED,
    DELETE_FAILED,
    PAUSED,
    OPERATION_IN_PROGRESS
}
