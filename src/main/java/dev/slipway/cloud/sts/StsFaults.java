package dev.slipway.cloud.sts;

import dev.slipway.cloud.wire.AwsException;

/** The errors of STS, with AWS's codes and statuses. */
final class StsFaults {
    private StsFaults() {}

    static AwsException denied(String message) {
        return new AwsException("AccessDenied", 403, message);
    }

    static AwsException validation(String message) {
        return new AwsException("ValidationError", 400, message);
    }

    static AwsException invalidParameter(String message) {
        return new AwsException("InvalidParameterValue", 400, message);
    }

    static AwsException packedTooLarge(String message) {
        return new AwsException("PackedPolicyTooLarge", 400, message);
    }

    static AwsException malformed(String message) {
        return new AwsException("MalformedPolicyDocument", 400, message);
    }
}
