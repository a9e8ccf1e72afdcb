package dev.slipway.cli.project;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A project: what its {@code Pulumi.yaml} says.
 *
 * @param file {@code Pulumi.yaml} itself
 * @param binary the program's jar ({@code runtime.options.binary}), absolute
 * @param executor the build tool that runs the program ({@code runtime.options.use-executor}), when the file names one
 * @param stackDirectory where the stack files are ({@code stackConfigDir}), absolute
 * @param backendUrl where state is kept ({@code backend.url}), when the file says so
 * @param providers where the plugins of packages are ({@code plugins.providers}), absolute, by package name
 * @param declared the configuration keys that the program takes, without namespace; empty when the file has no {@code config} block
 */
public record Project(
        String name,
        Path file,
        Optional<Path> binary,
        Optional<String> executor,
        Path stackDirectory,
        Optional<String> backendUrl,
        Map<String, Path> providers,
        Map<String, Declaration> declared) {
    public Project {
        providers = Map.copyOf(providers);
        declared = Map.copyOf(declared);
    }

    /**
     * One entry of the {@code config} block.
     *
     * @param type Pulumi's type name: string, integer, number, boolean, object, array; any when the file does not say
     * @param fallback the default as configuration text
     */
    public record Declaration(String type, Optional<String> fallback, boolean secret) {}

    /** The directory of {@code Pulumi.yaml}. */
    public Path root() {
        return Objects.requireNonNull(file.getParent());
    }

    /** The file that configures one stack. */
    public Path stackFile(String stack) {
        return stackDirectory.resolve("Pulumi." + stack + ".yaml");
    }

    /**
     * Finds {@code Pulumi.yaml} in {@code directory} or above it and reads it.
     *
     * @throws ProjectProblem when there is none or it can't be used
     */
    public static Project find(Path directory) {
        return ProjectReader.find(directory.toAbsolutePath().normalize());
    }
}
