package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a person is told when a call to AWS failed: what was being done, what came, and what to do next. */
final class AwsErrors {
    private static final String NO_APP_RUNNER =
            "this account can't use App Runner: AWS closed it to new customers on 30 April 2026. Use an account that has used it before,"
                    + " or another endpoint (slipway:endpoint); AWS's successor for a web service from an image is Amazon ECS Express Mode";

    private AwsErrors() {}

    static RuntimeException explain(String doing, RuntimeException failure, String where) {
        if (failure instanceof AwsServiceException e) {
            return new ProviderException(doing + ": " + answer(e, where), e);
        }
        if (failure instanceof SdkClientException e) {
            return new ProviderException(doing + ": " + notSent(e, where), e);
        }
        if (failure instanceof Waiting.Ended) {
            return new ProviderException(doing + ": " + failure.getMessage() + "; run again to go on", failure);
        }
        return failure;
    }

    /** The words for a failed call in the middle of an operation that goes on elsewhere. */
    static String words(SdkException failure, String where) {
        return failure instanceof AwsServiceException e
                ? answer(e, where)
                : notSent((SdkClientException) failure, where);
    }

    static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : Optional.ofNullable(e.awsErrorDetails().errorCode()).orElse("");
    }

    static String message(AwsServiceException e) {
        String message =
                e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        return message == null || message.isEmpty() ? "no message, HTTP status " + e.statusCode() : message;
    }

    private static String answer(AwsServiceException e, String where) {
        String call = FailedCall.of(e).orElse("a call");
        String told = call + " at " + where + " answered " + code(e) + ": " + message(e);
        return remedy(e)
                .map(remedy -> sentence(told) + " " + capital(remedy) + ".")
                .orElse(told);
    }

    private static Optional<String> remedy(AwsServiceException e) {
        return switch (code(e)) {
            case "SubscriptionRequiredException", "OptInRequired" -> Optional.of(NO_APP_RUNNER);
            case "AccessDeniedException", "AccessDenied" ->
                Optional.of("the credentials are valid, but may not do this; give them the action, or use others");
            case "UnrecognizedClientException", "InvalidClientTokenId" ->
                Optional.of("the access key is not known there; check slipway:accessKey and slipway:endpoint");
            case "SignatureDoesNotMatch", "InvalidSignatureException" ->
                Optional.of("the secret key does not belong to the access key; check slipway:secretKey");
            case "ExpiredTokenException", "ExpiredToken" ->
                Optional.of("the session is over; get new temporary credentials");
            case "ServiceQuotaExceededException", "LimitExceeded", "LimitExceededException" ->
                Optional.of("a quota of the account is full; delete what is not used, or ask AWS for more");
            default -> Optional.empty();
        };
    }

    private static String notSent(SdkClientException e, String where) {
        String call = FailedCall.of(e).map(name -> name + " to ").orElse("a call to ") + where;
        if (causedBy(e, ConnectException.class)) {
            return call + " failed: connection refused. Nothing answers there; start it, or set slipway:endpoint.";
        }
        if (causedBy(e, UnknownHostException.class)) {
            return call + " failed: the host is not known. Check the network and slipway:endpoint.";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("load credentials") || message.contains("Profile file contained no credentials")) {
            return "no AWS credentials for " + where
                    + ". Set slipway:accessKey and slipway:secretKey, slipway:profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
        }
        return call + " failed: " + message;
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
