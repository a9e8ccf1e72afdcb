package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import dev.slipway.cloud.wire.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;

/** The CloudWatch Logs operations that read and delete. */
final class LogOperations {
    private static final int MOST_IN_A_LIST = 50;

    private final Logs logs;

    LogOperations(Logs logs) {
        this.logs = logs;
    }

    AwsService service() {
        AwsService.Builder api = AwsService.json(
                        Protocol.JSON_1_1,
                        "logs",
                        "Logs_20140328",
                        "software.amazon.awssdk.services.cloudwatchlogs.model")
                .on(
                        "DescribeLogGroups",
                        DescribeLogGroupsRequest.class,
                        DescribeLogGroupsResponse.class,
                        (call, request) -> asks(call, "DescribeLogGroups", "", ""),
                        this::describeGroups)
                .on(
                        "DescribeLogStreams",
                        DescribeLogStreamsRequest.class,
                        DescribeLogStreamsResponse.class,
                        (call, request) -> asks(
                                call,
                                "DescribeLogStreams",
                                groupName(call, request.logGroupName(), request.logGroupIdentifier()),
                                ""),
                        this::describeStreams)
                .on(
                        "GetLogEvents",
                        GetLogEventsRequest.class,
                        GetLogEventsResponse.class,
                        (call, request) -> asks(
                                call,
                                "GetLogEvents",
                                groupName(call, request.logGroupName(), request.logGroupIdentifier()),
                                request.logStreamName()),
                        this::getEvents)
                .on(
                        "FilterLogEvents",
                        FilterLogEventsRequest.class,
                        FilterLogEventsResponse.class,
                        (call, request) -> asks(
                                call,
                                "FilterLogEvents",
                                groupName(call, request.logGroupName(), request.logGroupIdentifier()),
                                ""),
                        this::filterEvents)
                .on(
                        "DeleteLogGroup",
                        DeleteLogGroupRequest.class,
                        DeleteLogGroupResponse.class,
                        (call, request) -> asks(call, "DeleteLogGroup", request.logGroupName(), ""),
                        this::deleteGroup);
        new GroupOperations(logs).register(api);
        return api.build();
    }

    private static List<Question> asks(Call call, String action, String group, String stream) {
        String resource = new LogGroup.Key(call.account(), call.region(), group).arn() + ":log-stream:" + stream;
        return List.of(Question.of(call.caller(), "logs:" + action, resource));
    }

    /** The name, or the name in the ARN that newer clients send instead. */
    private static String groupName(Call call, @Nullable String name, @Nullable String identifier) {
        if (name != null && identifier != null) {
            throw invalid("Only one of logGroupName and logGroupIdentifier can be given.");
        }
        String given = name != null ? name : identifier;
        if (given == null) {
            throw invalid("Either logGroupName or logGroupIdentifier must be given.");
        }
        if (!given.startsWith("arn:")) {
            return given;
        }
        String own = new LogGroup.Key(call.account(), call.region(), "").arn();
        if (!given.startsWith(own)) {
            throw invalid("The ARN of a log group in " + call.account() + " and " + call.region() + " is needed, not "
                    + given);
        }
        return given.substring(own.length());
    }

    private LogGroup group(Call call, String name) {
        return logs.group(call.account(), call.region(), name)
                .orElseThrow(() ->
                        new AwsException("ResourceNotFoundException", 400, "The specified log group does not exist."));
    }

    private static LogStream stream(LogGroup group, String name) {
        return group.stream(name)
                .orElseThrow(() ->
                        new AwsException("ResourceNotFoundException", 400, "The specified log stream does not exist."));
    }

    static AwsException invalid(String message) {
        return new AwsException("InvalidParameterException", 400, message);
    }

    private DescribeLogGroupsResponse describeGroups(Call call, DescribeLogGroupsRequest request) {
        String prefix = orEmpty(request.logGroupNamePrefix());
        String part = orEmpty(request.logGroupNamePattern());
        if (!prefix.isEmpty() && !part.isEmpty()) {
            throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        boolean standard = request.logGroupClass() == null || request.logGroupClass() == LogShapes.CLASS;
        List<LogGroup> found = logs.groups(call.account(), call.region()).stream()
                .filter(group -> standard
                        && group.name().startsWith(prefix)
                        && group.name().contains(part))
                .toList();
        Page<LogGroup> page = Pages.of(found, LogGroup::name, request.nextToken(), limit(request.limit()));
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items().stream().map(LogShapes::group).toList())
                .nextToken(page.next())
                .build();
    }

    private DescribeLogStreamsResponse describeStreams(Call call, DescribeLogStreamsRequest request) {
        String prefix = orEmpty(request.logStreamNamePrefix());
        boolean byTime = request.orderBy() == OrderBy.LAST_EVENT_TIME;
        if (byTime && !prefix.isEmpty()) {
            throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        Comparator<LogStream> order = byTime
                ? Comparator.comparing(
                        sortable(stream -> stream.events().summary().last()))
                : Comparator.comparing(LogStream::name);
        boolean descending = Boolean.TRUE.equals(request.descending());
        LogGroup group = group(call, groupName(call, request.logGroupName(), request.logGroupIdentifier()));
        List<LogStream> found = group.all().stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .sorted(descending ? order.reversed() : order)
                .toList();
        Page<LogStream> page = Pages.of(found, LogStream::name, request.nextToken(), limit(request.limit()));
        return DescribeLogStreamsResponse.builder()
                .logStreams(page.items().stream()
                        .map(stream -> LogShapes.stream(group, stream))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private static Function<LogStream, String> sortable(Function<LogStream, Long> number) {
        return stream -> String.format("%020d %s", number.apply(stream), stream.name());
    }

    private GetLogEventsResponse getEvents(Call call, GetLogEventsRequest request) {
        LogGroup group = group(call, groupName(call, request.logGroupName(), request.logGroupIdentifier()));
        LogStream stream = stream(group, request.logStreamName());
        TimeWindow window = new TimeWindow(request.startTime(), request.endTime());
        List<LogEvent> events = stream.events().read().stream()
                .filter(event -> window.contains(event) && group.retains(event, call.now()))
                .toList();
        StreamPage page = StreamPage.of(
                events,
                Optional.ofNullable(request.nextToken()),
                Boolean.TRUE.equals(request.startFromHead()),
                TimeWindow.limit(request.limit()));
        return GetLogEventsResponse.builder()
                .events(page.events().stream().map(LogShapes::output).toList())
                .nextForwardToken(page.forward())
                .nextBackwardToken(page.backward())
                .build();
    }

    private FilterLogEventsResponse filterEvents(Call call, FilterLogEventsRequest request) {
        if (!request.logStreamNames().isEmpty() && request.logStreamNamePrefix() != null) {
            throw invalid("Only one of logStreamNames and logStreamNamePrefix can be given.");
        }
        LogGroup group = group(call, groupName(call, request.logGroupName(), request.logGroupIdentifier()));
        Predicate<String> pattern = FilterPattern.parse(orEmpty(request.filterPattern()));
        TimeWindow window = new TimeWindow(request.startTime(), request.endTime());
        for (String name : request.logStreamNames()) {
            stream(group, name);
        }
        List<LogStream> streams = group.all().stream()
                .filter(stream -> request.logStreamNames().isEmpty()
                        || request.logStreamNames().contains(stream.name()))
                .filter(stream -> stream.name().startsWith(orEmpty(request.logStreamNamePrefix())))
                .toList();
        MergedPage page = MergedPage.of(
                streams,
                event -> window.contains(event) && group.retains(event, call.now()) && pattern.test(event.message()),
                Optional.ofNullable(request.nextToken()),
                TimeWindow.limit(request.limit()));
        return FilterLogEventsResponse.builder()
                .events(page.events().stream().map(LogShapes::filtered).toList())
                .searchedLogStreams(List.of())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private DeleteLogGroupResponse deleteGroup(Call call, DeleteLogGroupRequest request) {
        group(call, request.logGroupName());
        logs.delete(call.account(), call.region(), request.logGroupName());
        return DeleteLogGroupResponse.builder().build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int limit(@Nullable Integer asked) {
        if (asked != null && (asked < 1 || asked > MOST_IN_A_LIST)) {
            throw invalid("1 validation error detected: Value '" + asked
                    + "' at 'limit' failed to satisfy constraint: Member must have a value between 1 and "
                    + MOST_IN_A_LIST);
        }
        return asked == null ? MOST_IN_A_LIST : asked;
    }
}
