package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Reads what a service and its instances wrote, with the configuration of the provider that made the service. */
public final class LogReader implements AutoCloseable {
    private final AwsSettings settings;
    private final Clients clients;

    private LogReader(AwsSettings settings, Clients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /**
     * One line of a log.
     *
     * @param id different for each line of a service
     * @param source {@code events}, {@code deployment/ID} or {@code instance/ID}
     */
    public record Line(String id, Instant time, String source, String message) {}

    /** @param inputs of the provider, as they are recorded */
    public static LogReader of(ProviderEnvironment environment, PropertyMap inputs) {
        AwsSettings settings = new ConfigReader(environment).settings(inputs.reveal());
        return new LogReader(settings, new SdkClients(settings, environment.environmentVariables()));
    }

    /**
     * The lines of one service from {@code start} on, of its events and of its instances, each kind in its order.
     *
     * @throws dev.slipway.protocol.ProviderException when they can't be read, with the reason
     */
    public List<Line> since(String serviceArn, Instant start) {
        ServiceArn service = ServiceArn.parse(serviceArn);
        List<Line> lines = new ArrayList<>(read(service.serviceLogGroup(), start));
        lines.addAll(read(service.applicationLogGroup(), start));
        return lines;
    }

    private List<Line> read(String group, Instant start) {
        List<Line> lines = new ArrayList<>();
        var request = FilterLogEventsRequest.builder().logGroupName(group).startTime(start.toEpochMilli());
        try {
            for (var page : clients.logs().filterLogEventsPaginator(request.build())) {
                page.events().forEach(event -> lines.add(line(event)));
            }
        } catch (ResourceNotFoundException nothingWritten) {
            return lines;
        } catch (SdkException e) {
            throw AwsErrors.explain("reading the log group " + group, e, settings.where());
        }
        return lines;
    }

    private static Line line(FilteredLogEvent event) {
        long millis = Optional.ofNullable(event.timestamp()).orElse(0L);
        return new Line(
                event.eventId(),
                Instant.ofEpochMilli(millis),
                event.logStreamName(),
                event.message().stripTrailing());
    }

    @Override
    public void close() {
        clients.close();
    }
}
