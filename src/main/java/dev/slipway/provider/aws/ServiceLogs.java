package dev.slipway.provider.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** What a service and its containers wrote. Logs help a person and are never needed: what can't be read is empty. */
final class ServiceLogs {
    private static final int MOST_PAGES = 20;

    /** App Runner's clock and ours may differ. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final Clients clients;

    /** @param id unique among all events */
    record Line(String id, String text) {}

    ServiceLogs(Clients clients) {
        this.clients = clients;
    }

    /** Every line of a group since {@code start}, oldest first. */
    List<String> since(String group, Instant start) {
        return texts(linesSince(group, start).stream());
    }

    /** The same with what tells each line from another one of the same words. */
    List<Line> linesSince(String group, Instant start) {
        return lines(events(group, start).stream());
    }

    /** The last lines of a group since {@code start}, oldest first. */
    List<String> tail(String group, Instant start, int most) {
        return last(since(group, start), most);
    }

    /**
     * The last lines of the streams of a group that began since {@code start}, oldest first: what instances of the version before go on to
     * say, perhaps a lot, is not among them.
     */
    List<String> tailOfNewStreams(String group, Instant start, int most) {
        List<FilteredLogEvent> events = events(group, start);
        Set<String> before = events.isEmpty() ? Set.of() : streamsBefore(group, start);
        Stream<FilteredLogEvent> fresh = events.stream().filter(event -> !before.contains(event.logStreamName()));
        return last(texts(lines(fresh).stream()), most);
    }

    private static List<String> last(List<String> lines, int most) {
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }

    private static List<Line> lines(Stream<FilteredLogEvent> events) {
        return events.sorted(Comparator.comparing(
                        event -> Optional.ofNullable(event.timestamp()).orElse(0L)))
                .map(event -> new Line(event.eventId(), event.message().stripTrailing()))
                .filter(line -> !line.text().isEmpty())
                .toList();
    }

    private static List<String> texts(Stream<Line> lines) {
        return lines.map(Line::text).toList();
    }

    /** Of the fifty streams that were written to last. */
    private Set<String> streamsBefore(String group, Instant start) {
        try {
            return clients
                    .logs()
                    .describeLogStreams(DescribeLogStreamsRequest.builder()
                            .logGroupName(group)
                            .orderBy(OrderBy.LAST_EVENT_TIME)
                            .descending(true)
                            .build())
                    .logStreams()
                    .stream()
                    .filter(stream -> stream.creationTime() < start.minus(SKEW).toEpochMilli())
                    .map(LogStream::logStreamName)
                    .collect(Collectors.toSet());
        } catch (SdkException e) {
            // Not allowed: rather too many lines than none.
            return Set.of();
        }
    }

    private List<FilteredLogEvent> events(String group, Instant start) {
        var events = new ArrayList<FilteredLogEvent>();
        String token = null;
        try {
            for (int page = 0; page < MOST_PAGES; page++) {
                var answer = clients.logs()
                        .filterLogEvents(FilterLogEventsRequest.builder()
                                .logGroupName(group)
                                .startTime(start.minus(SKEW).toEpochMilli())
                                .nextToken(token)
                                .build());
                events.addAll(answer.events());
                token = answer.nextToken();
                if (token == null) {
                    break;
                }
            }
        } catch (SdkException e) {
            // Not allowed, or no such group yet: go on with what there is.
            return events;
        }
        return events;
    }
}
