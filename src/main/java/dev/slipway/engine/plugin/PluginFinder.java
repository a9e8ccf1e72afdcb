package dev.slipway.engine.plugin;

import dev.slipway.protocol.ProviderException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds {@code pulumi-resource-PACKAGE} where Pulumi does: where {@code plugins.providers} of Pulumi.yaml says, on the {@code PATH} (unless
 * {@code PULUMI_IGNORE_AMBIENT_PLUGINS} is set), and in {@code ~/.pulumi/plugins} (or {@code PULUMI_HOME}), there the newest version.
 */
final class PluginFinder {
    private static final String PREFIX = "pulumi-resource-";

    private final Map<String, Path> named;
    private final Map<String, String> environment;

    /** @param named directories (or the files themselves) by package */
    PluginFinder(Map<String, Path> named, Map<String, String> environment) {
        this.named = Map.copyOf(named);
        this.environment = Map.copyOf(environment);
    }

    /** The program to start; empty when there is none anywhere. */
    Optional<Path> find(String packageName) {
        Path place = named.get(packageName);
        if (place != null) {
            return Optional.of(Files.isDirectory(place) ? inside(place, packageName) : executable(place, packageName));
        }
        return onPath(packageName).or(() -> installed(packageName));
    }

    private static Path inside(Path directory, String packageName) {
        Path program = directory.resolve(PREFIX + packageName);
        if (!Files.exists(program) && Files.exists(directory.resolve("PulumiPlugin.yaml"))) {
            throw new ProviderException(
                    "The plugin of the package `" + packageName + "` in " + directory
                            + " has no executable " + PREFIX + packageName
                            + ", only a PulumiPlugin.yaml: such a plugin is run by"
                            + " Pulumi's host for its language, which is not here. Add a small script of that name that starts it.");
        }
        return executable(program, packageName);
    }

    private static Path executable(Path program, String packageName) {
        if (!Files.isExecutable(program) || Files.isDirectory(program)) {
            throw new ProviderException("The plugin of the package `" + packageName + "` is not there: expected an"
                    + " executable file " + program + ", as plugins.providers of Pulumi.yaml says.");
        }
        return program;
    }

    private Optional<Path> onPath(String packageName) {
        if (environment.getOrDefault("PULUMI_IGNORE_AMBIENT_PLUGINS", "").matches("(?i)1|t|true")) {
            return Optional.empty();
        }
        return onPath(PREFIX + packageName, environment);
    }

    static Optional<Path> onPath(String program, Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    private Optional<Path> installed(String packageName) {
        Path plugins = home().resolve("plugins");
        if (!Files.isDirectory(plugins)) {
            return Optional.empty();
        }
        String prefix = "resource-" + packageName + "-v";
        try (Stream<Path> all = Files.list(plugins)) {
            return all.filter(directory -> directory.getFileName().toString().startsWith(prefix))
                    .filter(directory -> Files.isDirectory(directory)
                            && !Files.exists(directory.resolveSibling(directory.getFileName() + ".partial")))
                    .max(Comparator.comparing(
                            directory -> directory.getFileName().toString().substring(prefix.length()),
                            PluginFinder::compareVersions))
                    .map(directory -> inside(directory, packageName));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path home() {
        String home = environment.getOrDefault("PULUMI_HOME", "");
        return home.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".pulumi")
                : Path.of(home);
    }

    /** By the numbers; a version with a suffix ({@code 1.0.0-alpha}) comes before the one without. */
    static int compareVersions(String a, String b) {
        List<String> first = List.of(a.split("[.+-]"));
        List<String> second = List.of(b.split("[.+-]"));
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            String x = first.get(i);
            String y = second.get(i);
            boolean numbers = x.matches("\\d{1,9}") && y.matches("\\d{1,9}");
            int order = numbers ? Integer.compare(Integer.parseInt(x), Integer.parseInt(y)) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(second.size(), first.size());
    }
}
