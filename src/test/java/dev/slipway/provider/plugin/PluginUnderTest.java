package dev.slipway.provider.plugin;

import dev.slipway.testing.TestCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plugin in a process of its own, started by the launcher that {@code mvn package} makes. */
public final class PluginUnderTest implements AutoCloseable {
    /** Where the build puts the plugin. */
    public static final Path DIRECTORY =
            Path.of(System.getProperty("slipway.root", "")).toAbsolutePath().resolve("target/plugin");

    /** Where plugins that tests start keep archives of their classes. */
    public static final Path CACHE = DIRECTORY.resolveSibling("plugin-cache");

    public static final Path LAUNCHER = DIRECTORY.resolve("pulumi-resource-slipway");

    private final Process process;
    private final BufferedReader out;
    private final int port;

    private PluginUnderTest(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the plugin printed no port; see its words above");
        }
        this.port = Integer.parseInt(line);
    }

    /** Starts it as an engine does; its error stream is this test's. */
    public static PluginUnderTest start(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putIfAbsent("SLIPWAY_CACHE", CACHE.toString());
        Process process = builder.start();
        try {
            return new PluginUnderTest(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** What a plugin needs to know of a test's cloud, by its configuration. */
    public static Map<String, String> configuration(TestCloud cloud) {
        return Map.of(
                "endpoint", cloud.endpoint().toString(),
                "region", "us-east-1",
                "accessKey", "111122223333",
                "secretKey", "any");
    }

    public PluginClient client() {
        return new PluginClient(port);
    }

    public Process process() {
        return process;
    }

    /** What it printed after the port; to be asked when it has ended. */
    public List<String> furtherOutput() {
        return out.lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
