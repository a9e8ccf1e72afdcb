package dev.slipway.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a program is told of the run.
 *
 * @param config full keys ({@code project:key}) to text; structured values as JSON, secrets in clear
 * @param configSecretKeys the keys of {@code config} whose values are secrets
 * @param root the directory of {@code Pulumi.yaml}
 */
public record ProgramInfo(
        String organization,
        String project,
        String stack,
        Path root,
        boolean preview,
        Map<String, String> config,
        Set<String> configSecretKeys) {
    public ProgramInfo {
        config = Map.copyOf(config);
        configSecretKeys = Set.copyOf(configSecretKeys);
    }
}
