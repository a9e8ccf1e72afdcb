package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.AwsException;

/** The errors of Secrets Manager and Parameter Store. */
final class Errors {
    private Errors() {}

    static AwsException error(String code, String message) {
        return new AwsException(code, 400, message);
    }

    static AwsException secretNotFound() {
        return error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    static AwsException invalidParameter(String message) {
        return error("InvalidParameterException", message);
    }

    static AwsException invalidRequest(String message) {
        return error("InvalidRequestException", message);
    }

    static AwsException validation(String message) {
        return error("ValidationException", message);
    }

    /** Amazon answers this one without a message. */
    static AwsException parameterNotFound() {
        return error("ParameterNotFound", "");
    }
}
