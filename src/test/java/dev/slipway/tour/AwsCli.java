package dev.slipway.tour;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.Programs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The AWS CLI, driven inside one process of its own Python, because each start of it costs most of a second: the same command line, the
 * same parsers and the same output as from a shell.
 */
final class AwsCli {
    private AwsCli() {}

    /** Skips the test, with the reason, when there is no CLI whose Python can be used. */
    static TourClient start(URI endpoint, Path directory) throws IOException {
        Programs.need("aws");
        Optional<Path> python = python();
        assumeTrue(python.isPresent(), "the AWS CLI on this machine is not a Python package");
        Files.writeString(directory.resolve("config"), """
                [default]
                cli_timestamp_format = iso8601
                cli_binary_format = raw-in-base64-out
                cli_pager =
                """);
        return new ScriptClient(
                "cli",
                directory,
                List.of(
                        python.get().toString(),
                        ScriptClient.script("tour.py", directory).toString(),
                        endpoint.toString()),
                Map.of("AWS_MAX_ATTEMPTS", "1", "PYTHONIOENCODING", "utf-8", "PYTHONDONTWRITEBYTECODE", "1"));
    }

    private static Optional<Path> python() {
        return Stream.of(Programs.find("aws"), whichOfPyenv())
                .flatMap(Optional::stream)
                .flatMap(program -> interpreter(program).stream())
                .filter(python -> prints(python.toString(), "-c", "import awscli.clidriver; print('here')")
                        .contains("here"))
                .findFirst();
    }

    /** What the first line of a script names. */
    private static Optional<Path> interpreter(Path script) {
        try (Stream<String> lines = Files.lines(script, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst()
                    .filter(line -> line.startsWith("#!") && line.contains("python"))
                    .map(line -> Path.of(line.substring(2).strip().split(" ")[0]))
                    .filter(Files::isExecutable);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** pyenv puts a shell script in the CLI's place. */
    private static Optional<Path> whichOfPyenv() {
        return Programs.find("pyenv")
                .map(pyenv -> prints(pyenv.toString(), "which", "aws").strip())
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    private static String prints(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "";
        } catch (IOException missing) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
