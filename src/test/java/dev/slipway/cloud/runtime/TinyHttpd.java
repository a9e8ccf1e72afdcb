package dev.slipway.cloud.runtime;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The smallest image that answers HTTP, to measure how long everything around it takes. */
public final class TinyHttpd {
    private final int port;
    private final TestLayer.Image image;

    /** @param port on which it listens */
    public TinyHttpd(int port) {
        this.port = port;
        this.image = TinyProgram.image(TinyProgram.httpd(port, "ok"));
    }

    /** An archive that {@code podman load} takes. */
    public Path archive(Path file, String tag) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageArchive.write(out, image.manifest(), image, tag);
        }
        return file;
    }

    /**
     * Unpacked before, an instance of it starts at once.
     *
     * @param loops where its surroundings are served, as those of a service's instance are
     */
    public Instance start(ContainerRuntime runtime, String id, EventLoopGroup loops) throws RuntimeFailure {
        PreparedImage prepared = runtime.prepare(image.manifest(), image.config(), image);
        Surroundings silent = new Surroundings() {
            @Override
            public Map<String, String> variables(URI machine) {
                return Map.of("AWS_ENDPOINT_URL", machine.toString());
            }

            @Override
            public void open(Entrance entrance) {
                entrance.open(
                        loops,
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {}
                        },
                        new ChannelInboundHandlerAdapter());
            }
        };
        return runtime.start(prepared, new InstanceSpec(id, List.of(), Map.of(), port, 1024, 64, silent, line -> {}));
    }
}
