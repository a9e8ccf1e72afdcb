package dev.slipway.provider.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Which call failed, and whether AWS may have done it: rides on an SDK's exception as a suppressed one, because the SDK doesn't say it. */
final class FailedCall extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Pattern ONLY_ASKS = Pattern.compile("(Get|List|Describe|Batch(Get|Check)|Filter)[A-Z].*");

    private final boolean mayHaveHappened;

    private FailedCall(String service, String operation, boolean unanswered) {
        super(service + " " + operation, null, false, false);
        this.mayHaveHappened = unanswered && !ONLY_ASKS.matcher(operation).matches();
    }

    /** "App Runner CreateService", when it is known. */
    static Optional<String> of(Throwable failure) {
        return on(failure).map(Throwable::getMessage).findFirst();
    }

    /** Whether the call would have changed something, was sent, and at least one of its tries got no answer or an internal error. */
    static boolean mayHaveHappened(Throwable failure) {
        return on(failure).anyMatch(call -> call.mayHaveHappened);
    }

    private static Stream<FailedCall> on(Throwable failure) {
        return Arrays.stream(failure.getSuppressed())
                .filter(FailedCall.class::isInstance)
                .map(FailedCall.class::cast);
    }

    /** Notes the call on every failure of a client. */
    static final class Recorder implements ExecutionInterceptor {
        private static final ExecutionAttribute<Integer> UNANSWERED = new ExecutionAttribute<>("SlipwayUnanswered");

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            attributes.putAttribute(UNANSWERED, unanswered(attributes) + 1);
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            if (context.httpResponse().statusCode() < 500) {
                attributes.putAttribute(UNANSWERED, unanswered(attributes) - 1);
            }
        }

        private static int unanswered(ExecutionAttributes attributes) {
            return attributes.getOptionalAttribute(UNANSWERED).orElse(0);
        }

        @Override
        public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
            Throwable failure = context.exception();
            if (of(failure).isEmpty()) {
                failure.addSuppressed(new FailedCall(
                        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                        attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                        unanswered(attributes) > 0));
            }
            return failure;
        }
    }
}
