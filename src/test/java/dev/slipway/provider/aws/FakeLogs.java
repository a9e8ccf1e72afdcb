package dev.slipway.provider.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Log groups in memory; pages of three lines. */
final class FakeLogs implements CloudWatchLogsClient {
    private static final int PAGE = 3;
    private final Map<String, List<FilteredLogEvent>> groups = new HashMap<>();

    void write(String group, long millis, String line) {
        write(group, "one", millis, line);
    }

    void write(String group, String stream, long millis, String line) {
        List<FilteredLogEvent> events = groups.computeIfAbsent(group, key -> new ArrayList<>());
        events.add(FilteredLogEvent.builder()
                .eventId(group + "/" + events.size())
                .logStreamName(stream)
                .timestamp(millis)
                .message(line)
                .build());
    }

    /** A stream was made when its first line was written. */
    @Override
    public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
        Map<String, Long> made = new LinkedHashMap<>();
        groups.getOrDefault(request.logGroupName(), List.of())
                .forEach(event -> made.merge(event.logStreamName(), event.timestamp(), Math::min));
        return DescribeLogStreamsResponse.builder()
                .logStreams(made.entrySet().stream()
                        .map(stream -> LogStream.builder()
                                .logStreamName(stream.getKey())
                                .creationTime(stream.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
        List<FilteredLogEvent> events = groups.get(request.logGroupName());
        if (events == null) {
            throw ResourceNotFoundException.builder().message("no such group").build();
        }
        List<FilteredLogEvent> since = events.stream()
                .filter(event -> event.timestamp() >= request.startTime())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(since.size(), from + PAGE);
        return FilterLogEventsResponse.builder()
                .events(since.subList(Math.min(from, to), to))
                .nextToken(to < since.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public String serviceName() {
        return "logs";
    }

    @Override
    public void close() {}
}
