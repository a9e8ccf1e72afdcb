package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.logs.LogStore;
import java.time.InstantSource;

/** Writes a service's logs where App Runner writes them, in its words. Thread-safe. */
final class ServiceLog {
    private final LogStore logs;
    private final InstantSource clock;
    private final String account;
    private final String region;
    private final String group;

    ServiceLog(LogStore logs, InstantSource clock, ServiceRecord service) {
        this.logs = logs;
        this.clock = clock;
        this.account = service.account();
        this.region = service.region();
        this.group = "/aws/apprunner/" + service.name() + "/" + service.id();
    }

    /** What happens to the service. */
    void event(String text) {
        append("/service", "events", "[AppRunner] " + text);
    }

    /** What happens in one operation. */
    void deployment(OperationRecord operation, String text) {
        append("/service", "deployment/" + operation.compactId(), "[AppRunner] " + text);
    }

    /** A line that the application wrote. */
    void application(String instance, String line) {
        append("/application", "instance/" + instance, line);
    }

    private void append(String kind, String stream, String text) {
        logs.append(account, region, group + kind, stream, clock.instant(), text);
    }
}
