package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.engine.plugin.PluginLoader;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.plugin.PluginServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a local cloud, looks at it, deploys a stack and asks the plugin as an engine does, for nobody: {@code archive.sh} runs this once for each
 * build and Java, so that the JVM can archive the classes that people's commands will need.
 */
final class Rehearsal {
    private static final Urn IMAGES = Urn.of("rehearsal", "launch", "", "slipway:index:Repository", "images");

    private Rehearsal() {}

    /** @param arguments a directory for what is made on the way */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[0]).toAbsolutePath();
        Path project = project(scratch.resolve("project"));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(out, err, new BufferedReader(new StringReader("")), false, false);
        var context = new Context(
                terminal, Map.of("SLIPWAY_HOME", scratch.resolve("home").toString()), project);
        LocalHome home = LocalHome.of(context.environment());
        Files.createDirectories(home.directory());
        CloudProcess.start(home, new LocalOptions(0, false, "auto", "enforce", false), out);
        Main.run(context, "local", "start");
        // Nobody has pushed that image, so the service fails soon; all that it needs is made, and the preview finds it
        // unchanged.
        Main.run(context, "up", "--yes", "-s", "rehearsal");
        plugin(context.environment(), scratch);
        System.exit(Main.run(context, "preview", "-s", "rehearsal"));
    }

    private static Path project(Path directory) throws IOException {
        String jar = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
        Files.createDirectories(directory.resolve("stacks"));
        Files.writeString(directory.resolve("Pulumi.yaml"), """
                name: launch
                runtime: {name: java, options: {binary: '%s'}}
                stackConfigDir: stacks
                config:
                  image: {type: string}
                  port: {type: integer, default: 8080}
                  environment: {default: {}}
                """.formatted(
                        Path.of(jar).toAbsolutePath().toString().replace("'", "''")));
        Files.writeString(directory.resolve("stacks/Pulumi.rehearsal.yaml"), """
                config:
                  launch:image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1
                  launch:environment: {GREETING: hello}
                """);
        return directory;
    }

    /** The plugin serves in this JVM; what is started as its process only tells its port. */
    private static void plugin(Map<String, String> environment, Path scratch) throws IOException {
        try (PluginServer server = PluginProcess.start(environment, "")) {
            Path program = scratch.resolve("pulumi-resource-" + AwsProvider.PACKAGE);
            Files.writeString(program, "#!/bin/sh\necho " + server.port() + "\nexec sleep 60\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            var loader = new PluginLoader(Map.of(AwsProvider.PACKAGE, program), scratch, System.getenv());
            try (ResourceProvider provider =
                    loader.load(AwsProvider.PACKAGE, ProviderHost.SILENT).orElseThrow()) {
                PropertyMap config = PropertyMap.of("endpoint", PropertyValue.of("local"));
                String seed = "00".repeat(32);
                provider.checkConfig(new CheckRequest(
                        Urn.of("rehearsal", "launch", "", "pulumi:providers:slipway", "default"),
                        Optional.empty(),
                        config,
                        seed));
                provider.configure(config);
                PropertyMap inputs = provider.check(new CheckRequest(IMAGES, Optional.empty(), PropertyMap.EMPTY, seed))
                        .inputs();
                provider.create(new CreateRequest(IMAGES, inputs, Optional.empty(), true));
                CreateResponse made = provider.create(new CreateRequest(IMAGES, inputs, Optional.empty(), false));
                provider.read(new ReadRequest(made.id(), IMAGES, inputs, made.outputs(), Optional.empty()));
            }
        }
    }
}
