package dev.slipway.cloud.apprunner;

/** What the events log says of operations. */
final class OperationWords {
    private OperationWords() {}

    static String started(OperationRecord operation) {
        return what(operation) + " started.";
    }

    static String succeeded(OperationRecord operation) {
        return switch (operation.type()) {
            case UPDATE_SERVICE ->
                "Service update completed successfully. New "
                        + (operation.pulls() ? "application and configuration" : "configuration") + " is deployed.";
            case CREATE_SERVICE, START_DEPLOYMENT, PAUSE_SERVICE, RESUME_SERVICE, DELETE_SERVICE ->
                what(operation) + " completed successfully.";
        };
    }

    static String failed(OperationRecord operation, String reason) {
        return switch (operation.type()) {
            case START_DEPLOYMENT -> what(operation) + " failed. Failure reason : " + reason;
            case CREATE_SERVICE, UPDATE_SERVICE, PAUSE_SERVICE, RESUME_SERVICE, DELETE_SERVICE ->
                "Deployment with ID : " + operation.compactId() + " failed. Failure reason : " + reason;
        };
    }

    static String after(OperationRecord operation) {
        return what(operation) + " failed. For details, see service logs.";
    }

    private static String what(OperationRecord operation) {
        return switch (operation.type()) {
            case CREATE_SERVICE -> "Service creation";
            case UPDATE_SERVICE -> "Service update";
            case START_DEPLOYMENT -> "Deployment with ID : " + operation.compactId();
            case PAUSE_SERVICE -> "Service pause";
            case RESUME_SERVICE -> "Service resume";
            case DELETE_SERVICE -> "Service deletion";
        };
    }
}
