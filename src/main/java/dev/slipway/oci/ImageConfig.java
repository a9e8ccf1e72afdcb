package dev.slipway.oci;

import java.util.List;

/**
 * An image's configuration, as far as running it needs.
 *
 * @param entrypoint may be empty; the process is entrypoint and then command
 * @param env {@code KEY=value} entries
 * @param user empty for root; else {@code uid}, {@code uid:gid}, {@code name} or {@code name:group}
 * @param workingDirectory empty for {@code /}
 * @param exposedPorts for example {@code 8080/tcp}
 * @param stopSignal for example {@code SIGTERM}; empty for the default
 * @param diffIds digests of the uncompressed layers, base first
 */
public record ImageConfig(
        String architecture,
        String os,
        List<String> entrypoint,
        List<String> command,
        List<String> env,
        String user,
        String workingDirectory,
        List<String> exposedPorts,
        String stopSignal,
        List<Digest> diffIds) {
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = List.copyOf(env);
        exposedPorts = List.copyOf(exposedPorts);
        diffIds = List.copyOf(diffIds);
    }
}
