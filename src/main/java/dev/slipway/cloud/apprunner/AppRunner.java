package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Protocol;
import dev.slipway.oci.Digest;
import java.util.concurrent.ScheduledExecutorService;

/** App Runner: its API, and the services behind it. Thread-safe. */
public final class AppRunner implements AutoCloseable {
    private final AwsService service;

    /** Reads the recorded services; they run again, and their interrupted operations go on, once it is started. */
    public AppRunner(Parts parts) {
        this.service = AwsService.json(
                        Protocol.JSON_1_0, "apprunner", "AppRunner", "software.amazon.awssdk.services.apprunner.model")
                .build();
    }

    public AwsService service() {
        return service;
    }

    /** Drives all services by this scheduler until {@link #close()}. */
    public void start(ScheduledExecutorService scheduler) {}

    /** One round over all services, for whoever drives by hand instead of by {@link #start}. Does not block. */
    public void tick() {}

    /** Tells that a tag of a repository in Amazon ECR now names another image; starts automatic deployments. */
    public void onPush(String account, String region, String repository, String tag, Digest digest) {}

    /** Stops all instances; what is recorded stays. */
    @Override
    public void close() {}
}
