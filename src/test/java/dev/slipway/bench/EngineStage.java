package dev.slipway.bench;

import dev.slipway.provider.plugin.PluginPackage;
import dev.slipway.provider.plugin.PluginServer;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What both engines work on, each as a whole command: projects with the same program in one jar, and a provider that takes no time, as a
 * plugin that is found in the same way and serves from this process.
 */
final class EngineStage implements AutoCloseable {
    private static final String SCHEMA = """
            {"name": "bench", "version": "1.0.0", "resources": {"bench:index:Thing": {
              "inputProperties": {"link": {"type": "string"}, "size": {"type": "number"}},
              "properties": {"link": {"type": "string"}, "size": {"type": "number"}, "url": {"type": "string"}}}}}
            """;
    private static final int LOOK_MILLIS = 20;

    private final Path directory;
    private final PulumiCli pulumi;
    private final PluginServer plugin;
    private int projects;

    private EngineStage(Path directory, PulumiCli pulumi, PluginServer plugin) {
        this.directory = directory;
        this.pulumi = pulumi;
        this.plugin = plugin;
    }

    /** Empty where there is no Pulumi. */
    static Optional<EngineStage> in(Path directory) throws IOException {
        Optional<PulumiCli> pulumi = PulumiCli.ifAny(directory);
        if (pulumi.isEmpty()) {
            return Optional.empty();
        }
        PluginServer plugin =
                PluginServer.start(new PluginPackage("bench", "1.0.0", () -> SCHEMA), host -> new NoProvider(), "");
        Path program = Files.createDirectories(directory.resolve("plugin")).resolve("pulumi-resource-bench");
        Files.writeString(program, "#!/bin/sh\necho " + plugin.port() + "\nexec sleep 7200\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        jar(directory.resolve("program.jar"));
        return Optional.of(new EngineStage(directory, pulumi.get(), plugin));
    }

    /** The program with what it needs named as its class path, so that {@code java -jar} runs it. */
    private static void jar(Path jar) throws IOException {
        Path target = UserCommand.ROOT.resolve("target");
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, EngineProgram.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                target.resolve("slipway.jar").toUri() + " "
                        + target.resolve("lib/slipway-libraries.jar").toUri());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String nested : List.of("", "$Thing", "$ThingArgs")) {
                String name = EngineProgram.class.getName().replace('.', '/') + nested + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = EngineProgram.class.getClassLoader().getResourceAsStream(name)) {
                    if (in == null) {
                        throw new IOException(name + " is not on the class path");
                    }
                    in.transferTo(out);
                }
            }
        }
    }

    /** Which engine, and what its program is written in. */
    enum Engine {
        OURS("slipway, Java"),
        PULUMI_JAVA("pulumi, the same Java program"),
        PULUMI_YAML("pulumi, a YAML program");

        final String text;

        Engine(String text) {
            this.text = text;
        }
    }

    /** What a command took: milliseconds; MiB, the most of each of its processes added up; and whether it was stopped at the limit. */
    record Took(double millis, double mebibytes, boolean stopped) {}

    /** A project of its own for an engine, with an empty stack, or with the state of another project. */
    Path project(Engine engine, int size, String shape, Optional<Path> state) throws IOException, InterruptedException {
        Path project = Files.createDirectories(directory.resolve("project-" + projects++));
        String plugins = "plugins: {providers: [{name: bench, path: '" + directory.resolve("plugin") + "'}]}\n";
        String program = engine == Engine.PULUMI_YAML
                ? "runtime: yaml\n" + plugins + yaml(size, shape.equals("chains"))
                : "runtime: {name: java, options: {binary: '" + directory.resolve("program.jar") + "'}}\n" + plugins;
        Files.writeString(project.resolve("Pulumi.yaml"), "name: bench\n" + program);
        if (state.isPresent()) {
            copy(state.get().resolve(".pulumi"), project.resolve(".pulumi"));
            Path settings = state.get().resolve("Pulumi.dev.yaml");
            if (Files.exists(settings)) {
                Files.copy(settings, project.resolve("Pulumi.dev.yaml"));
            }
        } else {
            run(engine, project, size, shape, Integer.MAX_VALUE, "stack", "init", "dev");
        }
        return project;
    }

    private static String yaml(int size, boolean chained) {
        var program = new StringBuilder("resources:\n");
        for (int i = 0; i < size; i++) {
            String link = EngineProgram.startsChain(i, chained) ? "none" : "${thing-" + (i - 1) + ".url}";
            program.append(String.format(
                    Locale.ROOT,
                    "  thing-%d: {type: 'bench:index:Thing', properties: {link: '%s', size: 1}}%n",
                    i,
                    link));
        }
        return program.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    Took up(Engine engine, Path project, int size, String shape, int seconds) throws IOException, InterruptedException {
        return run(engine, project, size, shape, seconds, "up", "--yes", "--skip-preview", "-s", "dev");
    }

    /** Fails when the engine finds anything to change. */
    Took preview(Engine engine, Path project, int size, String shape, int seconds)
            throws IOException, InterruptedException {
        return run(engine, project, size, shape, seconds, "preview", "--expect-no-changes", "-s", "dev");
    }

    private Took run(Engine engine, Path project, int size, String shape, int seconds, String... arguments)
            throws IOException, InterruptedException {
        Path said = project.resolve("said.txt");
        ProcessBuilder builder = engine == Engine.OURS
                ? UserCommand.of(directory.resolve("home"), arguments)
                : new ProcessBuilder(pulumi.command(arguments)).redirectErrorStream(true);
        builder.directory(project.toFile()).redirectOutput(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(pulumi.environment());
        environment.put("PULUMI_BACKEND_URL", "file://" + project);
        environment.put(EngineProgram.COUNT, Integer.toString(size));
        environment.put(EngineProgram.SHAPE, shape);
        long begin = System.nanoTime();
        Process process = builder.start();
        Map<Long, Long> peaks = new HashMap<>();
        boolean stopped = false;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(one -> peaks.merge(one.pid(), peak(one), Math::max));
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(seconds)) {
                stopped = true;
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        if (process.exitValue() != 0 && !stopped) {
            throw new IOException(
                    engine.text + ", " + List.of(arguments) + " of " + size + ": " + Files.readString(said));
        }
        double memory = peaks.values().stream().mapToLong(Long::longValue).sum() / 1024.0;
        return new Took(millis, memory, stopped);
    }

    /** In KiB; 0 when it has just ended. */
    private static long peak(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        plugin.close();
    }
}
