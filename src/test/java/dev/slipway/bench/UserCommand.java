package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ./slipway} as a person runs it, with a home of the benchmark's own. */
final class UserCommand {
    static final Path ROOT = Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();
    private static final long MOST_NANOS = 180_000_000_000L;
    private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

    private UserCommand() {}

    /** A command that is not started yet; what it prints is thrown away. */
    static ProcessBuilder of(Path home, String... arguments) {
        var command = new ArrayList<>(List.of(ROOT.resolve("slipway").toString()));
        command.addAll(List.of(arguments));
        return printingNothing(home, command);
    }

    /** Any command, with the benchmark's own home. */
    static ProcessBuilder printingNothing(Path home, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SLIPWAY_HOME", home.toString());
        builder.environment().put("SLIPWAY_PORT", "0");
        return builder;
    }

    /** A copy of the repository's own project with the stack {@code local}; it uses what is built here. */
    static Path project(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("stacks"));
        String yaml = Files.readString(ROOT.resolve("Pulumi.yaml"));
        Files.writeString(
                directory.resolve("Pulumi.yaml"), yaml.replace(": target/", ": " + ROOT.resolve("target") + "/"));
        Files.copy(ROOT.resolve("stacks/Pulumi.local.yaml"), directory.resolve("stacks/Pulumi.local.yaml"));
        return directory;
    }

    /** @return the exit code */
    static int run(Path home, String... arguments) throws IOException, InterruptedException {
        return of(home, arguments).start().waitFor();
    }

    /** Starts the program once, and returns when the archive of its classes is there that this had made; false when that takes too long. */
    static boolean awaitArchive(Path home) throws IOException, InterruptedException {
        run(home, "--version");
        Path launcher = ROOT.resolve("target/launcher");
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!isArchived(launcher)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private static boolean isArchived(Path launcher) throws IOException {
        try (Stream<Path> files = Files.list(launcher)) {
            List<String> names = files.map(Path::toString).toList();
            return names.stream().anyMatch(name -> name.endsWith(".jsa"))
                    && names.stream().noneMatch(name -> name.endsWith(".making"));
        }
    }

    /** Where the home's cloud listens; empty as long as it has not said so. */
    static OptionalInt port(Path home) throws IOException {
        Path says = home.resolve("local.json");
        Matcher port = PORT.matcher(Files.exists(says) ? Files.readString(says) : "");
        return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    }
}
