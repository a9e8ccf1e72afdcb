package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Starts a local cloud, looks at it and deploys a stack, for nobody: the launcher runs this once a build, so that the JVM can archive
 * the classes that people's commands will need.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** @param arguments an empty directory, and the directory of the sources */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[0]);
        Path project = project(scratch.resolve("project"), Path.of(arguments[1]));
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
        System.exit(Main.run(context, "preview", "-s", "rehearsal"));
    }

    private static Path project(Path directory, Path root) throws IOException {
        Files.createDirectories(directory.resolve("stacks"));
        Files.writeString(
                directory.resolve("Pulumi.yaml"),
                Files.readString(root.resolve("Pulumi.yaml"))
                        .replaceFirst("binary: .*", "binary: " + root.resolve("target/slipway.jar")));
        Files.writeString(directory.resolve("stacks/Pulumi.rehearsal.yaml"), """
                config:
                  launch:image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1
                  launch:environment: {GREETING: hello}
                """);
        return directory;
    }
}
