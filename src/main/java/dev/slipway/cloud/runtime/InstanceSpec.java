package dev.slipway.cloud.runtime;

import java.util.List;
import java.util.Map;

/**
 * How to start one instance.
 *
 * @param id unique on this machine, {@code [a-z0-9-]{1,40}}
 * @param startCommand replaces the image's command when not empty, as App Runner's StartCommand does (split by shell words)
 * @param environment added to the image's own; wins over it
 * @param port the TCP port on which the application will listen, inside its own network
 * @param cpuUnits 1024 is one virtual CPU
 * @param memoryMegabytes hard limit
 * @param surroundings what it finds in its network besides itself
 * @param log takes each line of stdout and stderr, in order, without its line end; called from one thread at a time
 */
public record InstanceSpec(
        String id,
        List<String> startCommand,
        Map<String, String> environment,
        int port,
        int cpuUnits,
        int memoryMegabytes,
        Surroundings surroundings,
        LineSink log) {
    public InstanceSpec {
        startCommand = List.copyOf(startCommand);
        environment = Map.copyOf(environment);
    }

    /** An instance that reaches nothing but itself. */
    public InstanceSpec(
            String id,
            List<String> startCommand,
            Map<String, String> environment,
            int port,
            int cpuUnits,
            int memoryMegabytes,
            LineSink log) {
        this(id, startCommand, environment, port, cpuUnits, memoryMegabytes, Surroundings.NONE, log);
    }

    public interface LineSink {
        void line(String text);
    }
}
