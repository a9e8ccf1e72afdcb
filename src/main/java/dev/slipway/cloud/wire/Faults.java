package dev.slipway.cloud.wire;

import java.io.UncheckedIOException;
import java.util.TreeSet;

/**
 * The errors that the wire itself answers. AWS has one set of codes for its JSON services and another for the query services; the
 * meaning is the same.
 */
final class Faults {
    private final boolean query;

    Faults(Protocol protocol) {
        this.query = protocol == Protocol.QUERY;
    }

    private AwsException fault(String queryCode, String jsonCode, int status, String message) {
        return new AwsException(query ? queryCode : jsonCode, status, message);
    }

    /** The status of a call whose caller is not proven or not allowed. */
    private int refused() {
        return query ? 403 : 400;
    }

    AwsException unsigned() {
        return fault(
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                refused(),
                "Request is missing Authentication Token");
    }

    AwsException malformedSignature(String why) {
        return fault("IncompleteSignature", "IncompleteSignatureException", 400, why);
    }

    AwsException unknownKey() {
        return unknownKey("");
    }

    /** Mostly left over from another key. */
    AwsException tokenOfNoSession() {
        return unknownKey(" This access key is none of a session; unset AWS_SESSION_TOKEN.");
    }

    private AwsException unknownKey(String hint) {
        return fault(
                "InvalidClientTokenId",
                "UnrecognizedClientException",
                refused(),
                "The security token included in the request is invalid." + hint);
    }

    AwsException wrongSignature(String why) {
        return fault("SignatureDoesNotMatch", "InvalidSignatureException", refused(), why);
    }

    AwsException expiredToken() {
        return fault(
                "ExpiredToken",
                "ExpiredTokenException",
                refused(),
                "The security token included in the request is expired");
    }

    AwsException unknownOperation(String operation, String version) {
        return query
                ? noOperation(operation, version)
                : new AwsException("UnknownOperationException", 404, "There is no operation '" + operation + "'.");
    }

    /** What the query services say of an operation or a version that they do not know. */
    static AwsException noOperation(String operation, String version) {
        return new AwsException(
                "InvalidAction", 400, "Could not find operation " + operation + " for version " + version);
    }

    /** An operation of AWS that Slipway does not have. */
    AwsException notBuilt(String service, String operation) {
        return new AwsException(
                "UnsupportedOperation",
                501,
                "Slipway's local cloud does not have the operation " + service + ":" + operation
                        + ". It exists on AWS only; nothing was done.");
    }

    /** Where AWS has no host for a service, a client would not even connect. */
    AwsException notOffered(AwsService service, String region) {
        return new AwsException(
                "UnknownEndpoint",
                400,
                "AWS does not offer " + service.signingName() + " in the region " + region + "; there is no host "
                        + service.signingName() + "." + region + ".amazonaws.com. It is in "
                        + String.join(", ", new TreeSet<>(service.regions())) + ".");
    }

    AwsException serialization(String why) {
        return fault("MalformedInput", "SerializationException", 400, why);
    }

    /** A request that breaks a constraint. Some services have a code of their own for that. */
    AwsException validation(String service, String why) {
        String code =
                switch (service) {
                    case "ecr", "ecr-public", "logs" -> "InvalidParameterException";
                    case "apprunner" -> "InvalidRequestException";
                    default -> "ValidationException";
                };
        return fault("ValidationError", code, 400, why);
    }

    AwsException tooLarge() {
        return fault(
                "RequestEntityTooLarge",
                "RequestEntityTooLargeException",
                413,
                "Request must not be larger than the limit of this operation.");
    }

    AwsException throttled() {
        return fault("Throttling", "ThrottlingException", 400, "Rate exceeded");
    }

    AwsException closedAccount() {
        return fault(
                "OptInRequired",
                "SubscriptionRequiredException",
                refused(),
                "The AWS Access Key Id needs a subscription for the service");
    }

    /** A failure that somebody asked for. */
    AwsException failed(ServiceModel model) {
        ServiceModel.Failure failure = model.internal().orElse(new ServiceModel.Failure("InternalFailure", 500));
        return new AwsException(
                failure.code(),
                failure.status(),
                "The request processing has failed because of an unknown error, exception or failure.");
    }

    AwsException bug(String requestId) {
        return fault(
                "InternalFailure",
                "InternalFailure",
                500,
                "The request processing has failed because of an error in Slipway's local cloud. Its log has the cause under request id "
                        + requestId + ".");
    }

    /** Something outside of the cloud's program failed, such as the disk: whoever called can do more about it than we. */
    AwsException outside(UncheckedIOException failure) {
        return fault(
                "InternalFailure",
                "InternalFailure",
                500,
                "The request processing has failed in Slipway's local cloud: " + failure.getMessage() + ".");
    }

    /**
     * The error as the service says it: with the code and the status of its model. Denials have one code in JSON services and another,
     * with another status, in query services; a room may use either.
     */
    AwsException translate(AwsException error, ServiceModel model) {
        String message = String.valueOf(error.getMessage());
        if (error.code().equals("AccessDenied") || error.code().equals("AccessDeniedException")) {
            return fault("AccessDenied", "AccessDeniedException", refused(), message);
        }
        return new AwsException(
                model.code(error.code()), model.status(error.code()).orElse(error.status()), message, error.members());
    }
}
