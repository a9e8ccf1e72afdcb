package dev.slipway.cloud.apprunner;

/** The kinds of operations on a service, by AWS's names. */
enum OperationType {
    START_DEPLOYMENT,
    CREATE_SERVICE,
    PAUSE_SERVICE,
    RESUME_SERVICE,
    DELETE_SERVICE,
    UPDATE_SERVICE
}
