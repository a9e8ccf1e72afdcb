package dev.slipway.cli;

import dev.slipway.cli.display.Terminal;
import dev.slipway.cloud.CloudOptions;
import dev.slipway.cloud.LocalCloud;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Starts a local cloud and previews a stack, for nobody: the launcher runs this once a build, so that the JVM can archive the classes
 * that people's commands will need.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** @param arguments an empty directory, and the directory of the sources */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[0]);
        Path root = Path.of(arguments[1]);
        var options = new CloudOptions(
                scratch.resolve("data"), 0, false, "auto", InstantSource.system(), RandomGenerator.of("SecureRandom"));
        int code;
        try (LocalCloud cloud = LocalCloud.start(options)) {
            code = preview(project(scratch.resolve("project"), root, cloud.port()));
        }
        System.exit(code);
    }

    private static Path project(Path directory, Path root, int port) throws IOException {
        Files.createDirectories(directory.resolve("stacks"));
        Files.writeString(
                directory.resolve("Pulumi.yaml"),
                Files.readString(root.resolve("Pulumi.yaml"))
                        .replaceFirst("binary: .*", "binary: " + root.resolve("target/slipway.jar")));
        Files.writeString(directory.resolve("stacks/Pulumi.rehearsal.yaml"), """
                config:
                  slipway:endpoint: http://127.0.0.1:%d
                  slipway:accessKey: "111122223333"
                  slipway:secretKey: any
                  launch:image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1
                  launch:environment: {GREETING: hello}
                """.formatted(port));
        return directory;
    }

    private static int preview(Path project) {
        var terminal = new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                false);
        return Main.run(new Context(terminal, Map.of(), project), "preview", "-s", "rehearsal");
    }
}
