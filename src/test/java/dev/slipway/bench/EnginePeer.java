package dev.slipway.bench;

import dev.slipway.provider.plugin.PluginPackage;
import dev.slipway.provider.plugin.PluginServer;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real Pulumi engine over the same resources, with the same provider as a plugin in this process. */
final class EnginePeer implements AutoCloseable {
    private static final String SCHEMA = """
            {"name": "bench", "version": "1.0.0", "resources": {"bench:index:Thing": {
              "inputProperties": {"link": {"type": "string"}, "size": {"type": "number"}},
              "properties": {"link": {"type": "string"}, "size": {"type": "number"}, "url": {"type": "string"}}}}}
            """;

    private final Path directory;
    private final PulumiCli pulumi;
    private final PluginServer plugin;
    private int turns;

    private EnginePeer(Path directory, PulumiCli pulumi, PluginServer plugin) {
        this.directory = directory;
        this.pulumi = pulumi;
        this.plugin = plugin;
    }

    /** Empty where there is no Pulumi. */
    static Optional<EnginePeer> in(Path directory) throws IOException {
        Optional<PulumiCli> pulumi = PulumiCli.ifAny(directory);
        if (pulumi.isEmpty()) {
            return Optional.empty();
        }
        PluginServer plugin =
                PluginServer.start(new PluginPackage("bench", "1.0.0", () -> SCHEMA), host -> new NoProvider(), "");
        return Optional.of(new EnginePeer(directory, pulumi.get(), plugin));
    }

    /** A first up, a preview of no change (milliseconds), and the most memory that either took (MiB). */
    double[] turn(int size) throws IOException, InterruptedException {
        Path project = Files.createDirectories(directory.resolve("project-" + turns++));
        var program = new StringBuilder("name: bench\nruntime: yaml\nresources:\n");
        for (int i = 0; i < size; i++) {
            program.append("  thing-")
                    .append(i)
                    .append(": {type: 'bench:index:Thing', properties: {link: none, size: 1}}\n");
        }
        Files.writeString(project.resolve("Pulumi.yaml"), program);
        run(project, "stack", "init", "dev");
        double[] up = run(project, "up", "--yes", "--skip-preview", "-s", "dev");
        double[] preview = run(project, "preview", "--expect-no-changes", "-s", "dev");
        return new double[] {up[0], preview[0], Math.max(up[1], preview[1])};
    }

    private double[] run(Path project, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(pulumi.command(arguments))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(project.resolve("said.txt").toFile()));
        builder.environment().putAll(pulumi.environment());
        builder.environment().put("PULUMI_BACKEND_URL", "file://" + project);
        builder.environment().put("PULUMI_DEBUG_PROVIDERS", "bench:" + plugin.port());
        long begin = System.nanoTime();
        Process process = builder.start();
        Map<Long, Long> peaks = new HashMap<>();
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .forEach(one -> peaks.merge(one.pid(), peak(one), Math::max));
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        if (process.exitValue() != 0) {
            throw new IOException("pulumi " + arguments[0] + ": " + Files.readString(project.resolve("said.txt")));
        }
        return new double[] {
            millis, peaks.values().stream().mapToLong(Long::longValue).sum() / 1024.0
        };
    }

    /** In KiB; 0 when it has just ended. */
    private static long peak(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        plugin.close();
    }
}
