package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.OperationStatus;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;

/**
 * Follows operations of a service. The operation tells the truth: after an update that was rolled back the service itself says
 * {@code RUNNING} again.
 */
final class ServiceOperations {
    private static final Set<OperationStatus> UNDER_WAY =
            Set.of(OperationStatus.PENDING, OperationStatus.IN_PROGRESS, OperationStatus.ROLLBACK_IN_PROGRESS);
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);

    private final AwsSession session;
    private final ServiceLogs logs;
    /** The events that a person was told, by their ids: one change may take several operations, which follow each other closely. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ServiceOperations(AwsSession session, ServiceLogs logs) {
        this.session = session;
        this.logs = logs;
    }

    /**
     * Waits for the end of an operation and tells its progress.
     *
     * @throws Waiting.Ended when it is still under way after {@code limit}
     */
    OperationSummary await(ServiceArn arn, String operationId, Urn urn, Duration limit) {
        var progress = new Progress(arn, urn);
        return session.waiting().until(limit, () -> {
            Optional<OperationSummary> operation = find(arn, operationId);
            operation.ifPresent(progress::tell);
            return operation.filter(ServiceOperations::ended);
        });
    }

    /**
     * Waits until no operation is under way, whoever began it; answers the service. An operation that App Runner lists is followed by its
     * id and told as our own; maintenance of AWS is not listed.
     */
    Service awaitIdle(ServiceArn arn, Urn urn, Duration limit) {
        return session.waiting().until(limit, () -> {
            Service service = describe(arn);
            if (!ServiceReading.is(service, ServiceStatus.OPERATION_IN_PROGRESS)) {
                return Optional.of(service);
            }
            Optional<OperationSummary> running = newest(arn).filter(operation -> !ended(operation));
            session.progress(urn, "waiting for another operation on the service to end");
            running.ifPresent(operation -> await(arn, operation.id(), urn, limit));
            return Optional.empty();
        });
    }

    Service describe(ServiceArn arn) {
        return session.clients()
                .appRunner()
                .describeService(
                        DescribeServiceRequest.builder().serviceArn(arn.text()).build())
                .service();
    }

    /** The newest operation. */
    Optional<OperationSummary> newest(ServiceArn arn) {
        return session
                .clients()
                .appRunner()
                .listOperations(
                        ListOperationsRequest.builder().serviceArn(arn.text()).build())
                .operationSummaryList()
                .stream()
                .findFirst();
    }

    static boolean succeeded(OperationSummary operation) {
        return operation.status() == OperationStatus.SUCCEEDED;
    }

    private static boolean ended(OperationSummary operation) {
        return !UNDER_WAY.contains(operation.status()) && operation.status() != OperationStatus.UNKNOWN_TO_SDK_VERSION;
    }

    private Optional<OperationSummary> find(ServiceArn arn, String operationId) {
        return session
                .clients()
                .appRunner()
                .listOperationsPaginator(
                        ListOperationsRequest.builder().serviceArn(arn.text()).build())
                .stream()
                .flatMap(page -> page.operationSummaryList().stream())
                .filter(operation -> operationId.equals(operation.id()))
                .findFirst();
    }

    /** Tells a person how an operation goes: its phase, then every new line of the service's events. */
    private final class Progress {
        private final ServiceArn arn;
        private final Urn urn;
        private final Instant begin = session.waiting().now();
        private Instant nextEvents = begin.plus(BETWEEN_EVENTS);

        Progress(ServiceArn arn, Urn urn) {
            this.arn = arn;
            this.urn = urn;
        }

        void tell(OperationSummary operation) {
            Instant now = session.waiting().now();
            if (now.isBefore(nextEvents) && !ended(operation)) {
                return;
            }
            nextEvents = now.plus(BETWEEN_EVENTS);
            Instant start = operation.startedAt() == null ? begin : operation.startedAt();
            var fresh = new ArrayList<String>();
            for (ServiceLogs.Line line : logs.linesSince(arn.serviceLogGroup(), start)) {
                if (told.add(line.id())) {
                    fresh.add(line.text().replaceFirst("^\\[AppRunner] ", ""));
                }
            }
            String phase = words(operation) + ", " + Waiting.words(Duration.between(begin, now));
            if (fresh.isEmpty() && !ended(operation)) {
                session.progress(urn, phase);
            }
            fresh.forEach(line -> session.progress(urn, phase + ": " + line));
        }

        private String words(OperationSummary operation) {
            return operation.status() == OperationStatus.ROLLBACK_IN_PROGRESS
                    ? "going back to the previous version"
                    : operation.statusAsString().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
