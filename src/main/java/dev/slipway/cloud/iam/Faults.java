package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsException;

/** The errors of IAM, with AWS's codes, statuses and words. */
final class Faults {
    private Faults() {}

    static AwsException noSuch(String what) {
        return new AwsException("NoSuchEntity", 404, what);
    }

    static AwsException noRole(String name) {
        return noSuch("The role with name " + name + " cannot be found.");
    }

    static AwsException noUser(String name) {
        return noSuch("The user with name " + name + " cannot be found.");
    }

    static AwsException noPolicy(String arn) {
        return noSuch("Policy " + arn + " was not found.");
    }

    static AwsException exists(String what) {
        return new AwsException("EntityAlreadyExists", 409, what);
    }

    static AwsException conflict(String what) {
        return new AwsException("DeleteConflict", 409, what);
    }

    static AwsException limit(String what) {
        return new AwsException("LimitExceeded", 409, what);
    }

    static AwsException malformed(String what) {
        return new AwsException("MalformedPolicyDocument", 400, what);
    }

    static AwsException denied(String what) {
        return new AwsException("AccessDenied", 403, what);
    }

    static AwsException invalid(String what) {
        return new AwsException("InvalidInput", 400, what);
    }

    static AwsException validation(String what) {
        return new AwsException("ValidationError", 400, what);
    }

    static AwsException unmodifiable(String what) {
        return new AwsException("UnmodifiableEntity", 400, what);
    }
}
