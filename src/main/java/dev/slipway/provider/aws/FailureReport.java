package dev.slipway.provider.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;

/** Why a service does not start: App Runner's own events and the last lines of the application, so that nobody has to look them up. */
final class FailureReport {
    private static final int EVENT_LINES = 12;
    private static final int APPLICATION_LINES = 15;

    /** CloudWatch shows a line some seconds after it was written. */
    private static final Duration INGESTION = Duration.ofSeconds(6);

    private static final List<String> WORDS_OF_FAILURE = List.of(
            "fail",
            "error",
            "denied",
            "not authorized",
            "unable",
            "exit code",
            "stopped",
            "invalid",
            "listens",
            "could not",
            "timed out");

    private static final List<String> GENERAL =
            List.of("Failed to deploy your application image", "For details, see service logs");

    private final AwsSession session;
    private final ServiceLogs logs;

    FailureReport(AwsSession session, ServiceLogs logs) {
        this.session = session;
        this.logs = logs;
    }

    /** @param summary the first line: what failed, and what serves now */
    List<String> reasons(ServiceArn arn, Service service, Instant since, String summary) {
        List<String> events = events(arn, since);
        List<String> application = logs.tailOfNewStreams(arn.applicationLogGroup(), since, APPLICATION_LINES);
        var reasons = new ArrayList<String>();
        String cause = cause(events).map(line -> ": " + line).orElse("");
        reasons.add(summary + cause);
        if (!events.isEmpty()) {
            reasons.add(block(
                    "App Runner's events:", events.subList(Math.max(0, events.size() - EVENT_LINES), events.size())));
        }
        reasons.add(
                application.isEmpty()
                        ? "The application wrote no log."
                        : block("The application's last lines:", application));
        reasons.add("Fix the cause and run again: " + service.serviceName() + " is then updated in place. All logs: "
                + arn.serviceLogGroup() + " and " + arn.applicationLogGroup());
        return reasons;
    }

    /** The first line that tells of a failure and not only that there was one. */
    private static Optional<String> cause(List<String> events) {
        return events.stream()
                .filter(FailureReport::tellsOfFailure)
                .map(line -> line.replaceFirst("^.*Failure reason ?: ", ""))
                .filter(line -> GENERAL.stream().noneMatch(line::contains))
                .findFirst();
    }

    private List<String> events(ServiceArn arn, Instant since) {
        try {
            return session.waiting()
                    .until(INGESTION, () -> Optional.of(logs.since(arn.serviceLogGroup(), since).stream()
                                    .map(line -> line.replaceFirst("^\\[AppRunner] ", ""))
                                    .toList())
                            .filter(lines -> lines.stream().anyMatch(FailureReport::tellsOfFailure)));
        } catch (Waiting.Ended e) {
            return logs.since(arn.serviceLogGroup(), since);
        }
    }

    /** When an operation began, or else when we did. */
    static Instant start(OperationSummary operation, Instant otherwise) {
        return operation.startedAt() == null ? otherwise : operation.startedAt();
    }

    private static boolean tellsOfFailure(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        // The status line names the result and not the cause.
        return !lower.startsWith("service status is set")
                && WORDS_OF_FAILURE.stream().anyMatch(lower::contains);
    }

    private static String block(String title, List<String> lines) {
        return Stream.concat(Stream.of(title), lines.stream().map(line -> "  " + line))
                .collect(Collectors.joining("\n"));
    }
}
