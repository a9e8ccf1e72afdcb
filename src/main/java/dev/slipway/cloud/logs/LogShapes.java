package dev.slipway.cloud.logs;

import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** How groups, streams and events look in answers. */
final class LogShapes {
    /** The one that every group here is of. */
    static final LogGroupClass CLASS = LogGroupClass.STANDARD;

    private LogShapes() {}

    static software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group(LogGroup group) {
        return software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup.builder()
                .logGroupName(group.name())
                .creationTime(group.created())
                .retentionInDays(group.settingsNow().retentionDays())
                .metricFilterCount(0)
                .arn(group.key().arn() + ":*")
                .logGroupArn(group.key().arn())
                .logGroupClass(CLASS)
                .storedBytes(group.bytes())
                .build();
    }

    static software.amazon.awssdk.services.cloudwatchlogs.model.LogStream stream(LogGroup group, LogStream stream) {
        Events.Summary summary = stream.events().summary();
        software.amazon.awssdk.services.cloudwatchlogs.model.LogStream.Builder shape =
                software.amazon.awssdk.services.cloudwatchlogs.model.LogStream.builder()
                        .logStreamName(stream.name())
                        .creationTime(stream.created())
                        .storedBytes(0L)
                        .arn(group.key().arn() + ":log-stream:" + stream.name());
        return summary.count() == 0
                ? shape.build()
                : shape.firstEventTimestamp(summary.first())
                        .lastEventTimestamp(summary.last())
                        .lastIngestionTime(summary.ingested())
                        .build();
    }

    static OutputLogEvent output(LogEvent event) {
        return OutputLogEvent.builder()
                .timestamp(event.time())
                .ingestionTime(event.ingested())
                .message(event.message())
                .build();
    }

    static FilteredLogEvent filtered(MergedPage.Placed placed) {
        LogEvent event = placed.event();
        return FilteredLogEvent.builder()
                .logStreamName(placed.stream())
                .timestamp(event.time())
                .ingestionTime(event.ingested())
                .message(event.message())
                .eventId(String.format(
                        "%020d%08x%020d", event.time(), placed.stream().hashCode(), event.number()))
                .build();
    }
}
