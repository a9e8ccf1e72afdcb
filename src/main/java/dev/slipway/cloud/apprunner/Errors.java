package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsException;

/** App Runner's errors; all of them answer 400, "not found" too. */
final class Errors {
    private static final int LONGEST = 600;

    private Errors() {}

    static AwsException invalid(String message) {
        return error("InvalidRequestException", message);
    }

    static AwsException notFound(String what) {
        return error("ResourceNotFoundException", what);
    }

    static AwsException state(String message) {
        return error("InvalidStateException", message);
    }

    static AwsException quota(String message) {
        return error("ServiceQuotaExceededException", message);
    }

    private static AwsException error(String code, String message) {
        return new AwsException(
                code, 400, message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…");
    }
}
