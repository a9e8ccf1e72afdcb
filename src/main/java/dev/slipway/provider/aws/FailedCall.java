package dev.slipway.provider.aws;

import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Which call failed: rides on an SDK's exception as a suppressed one, because the SDK itself doesn't say it. */
final class FailedCall extends Exception {
    private static final long serialVersionUID = 1L;

    private FailedCall(String service, String operation) {
        super(service + " " + operation, null, false, false);
    }

    /** "App Runner CreateService", when it is known. */
    static Optional<String> of(Throwable failure) {
        return Arrays.stream(failure.getSuppressed())
                .filter(FailedCall.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }

    /** Notes the call on every failure of a client. */
    static final class Recorder implements ExecutionInterceptor {
        @Override
        public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
            Throwable failure = context.exception();
            if (of(failure).isEmpty()) {
                failure.addSuppressed(new FailedCall(
                        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                        attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
            }
            return failure;
        }
    }
}
