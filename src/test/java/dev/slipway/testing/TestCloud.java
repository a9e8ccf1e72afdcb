package dev.slipway.testing;

import dev.slipway.cloud.CloudOptions;
import dev.slipway.cloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** A whole local cloud inside the test's own process, on any free port. */
public final class TestCloud implements AutoCloseable {
    private final LocalCloud cloud;
    private final Path data;

    private TestCloud(LocalCloud cloud, Path data) {
        this.cloud = cloud;
        this.data = data;
    }

    /** @param directory everything the cloud writes is below {@code directory/data} */
    public static TestCloud start(Path directory) throws IOException {
        Path data = directory.resolve("data");
        return new TestCloud(
                LocalCloud.start(new CloudOptions(
                        data, 0, false, "auto", InstantSource.system(), RandomGenerator.of("SecureRandom"))),
                data);
    }

    public int port() {
        return cloud.port();
    }

    /** Where its control API and its registry answer. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + cloud.port());
    }

    /** The directory of everything it remembers. */
    public Path data() {
        return data;
    }

    @Override
    public void close() {
        cloud.close();
    }
}
