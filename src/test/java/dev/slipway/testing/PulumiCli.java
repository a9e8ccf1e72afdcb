package dev.slipway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real Pulumi CLI as an independent engine, with a home of its own and nothing from outside this machine. It is made from its
 * sources by {@code src/test/pulumi/build} and kept in the user's cache: the first time takes some minutes, and {@code .ci/run} does it
 * before the tests.
 */
public final class PulumiCli {
    public static final String PASSPHRASE = "correct horse";

    private static final Path ROOT =
            Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();
    private static final int MINUTES_TO_BUILD = 40;
    /** Outlive a command by intent: the local cloud, and whoever makes an archive of classes for the next command. */
    private static final List<String> OTHERS = List.of("dev.slipway.cli.CloudProcess", "make_archive", ".making");

    /** Nothing listens there: whoever would leave this machine is refused at once. */
    private static final String NOWHERE = "http://127.0.0.1:9";

    private final Path binaries;
    private final Path home;

    private PulumiCli(Path binaries, Path home) {
        this.binaries = binaries;
        this.home = home;
    }

    /** A CLI with an empty home below {@code directory}; skips the test, with the reason, where none can be made. */
    public static PulumiCli in(Path directory) {
        assumeTrue(Once.BUILT.code() == 0, "no Pulumi CLI: " + Once.BUILT.reason());
        return found(Path.of(Once.BUILT.out()), directory);
    }

    /** The same for those who can't skip; empty where none can be made. */
    public static Optional<PulumiCli> ifAny(Path directory) {
        return Once.BUILT.code() == 0 ? Optional.of(found(Path.of(Once.BUILT.out()), directory)) : Optional.empty();
    }

    private static PulumiCli found(Path binaries, Path directory) {
        Path home = directory.resolve("pulumi home");
        // Beside a plugin Pulumi leaves a file that says when it was last used, if somebody runs it with
        // these plugins in place.
        try (Stream<Path> plugins = Files.list(binaries.resolve("plugins"))) {
            for (Path plugin : plugins.filter(Files::isDirectory).toList()) {
                install(plugin, Files.createDirectories(home.resolve("plugins").resolve(plugin.getFileName())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PulumiCli(binaries, home);
    }

    private static void install(Path plugin, Path to) throws IOException {
        try (Stream<Path> files = Files.list(plugin)) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(to.resolve(file.getFileName()), file);
            }
        }
    }

    /** {@code pulumi} with these arguments, asking and colouring nothing; to be run with {@link #environment()}. */
    public List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("pulumi").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--non-interactive", "--color", "never"));
        return command;
    }

    /** Another of the programs that are made together with the CLI. */
    public Path program(String name) {
        return binaries.resolve(name);
    }

    /** What a command needs in its environment; programs run on this test's own Java. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(
                "PATH",
                System.getProperty("java.home") + "/bin:" + System.getenv().getOrDefault("PATH", ""));
        environment.put("PULUMI_HOME", home.toString());
        environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
        environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        environment.put("HTTP_PROXY", NOWHERE);
        environment.put("HTTPS_PROXY", NOWHERE);
        environment.put("NO_PROXY", "127.0.0.1,localhost,::1");
        return environment;
    }

    /** The processes that have this CLI's environment, but for those that outlive a command: none when all its commands are over. */
    public Set<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> read(process, "environ").contains("PULUMI_HOME=" + home))
                .filter(process -> OTHERS.stream().noneMatch(read(process, "cmdline")::contains))
                .map(process -> process.pid() + " " + read(process, "comm").strip() + " "
                        + process.info().command().orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid(), file));
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }

    private record Built(int code, String out, String err) {
        static Built now() {
            try {
                Path words = Files.createTempFile("slipway-pulumi", ".txt");
                try {
                    return run(words);
                } finally {
                    Files.delete(words);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Built run(Path words) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(
                            ROOT.resolve("src/test/pulumi/build").toString())
                    .redirectError(words.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Built(1, "", "it was not built within " + MINUTES_TO_BUILD + " minutes");
            }
            String directory = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Built(
                    process.exitValue(),
                    directory.strip(),
                    Files.readString(words).strip());
        }

        /** The last line that the script wrote. */
        String reason() {
            return err.substring(err.lastIndexOf('\n') + 1);
        }
    }

    /** One attempt a JVM. */
    private static final class Once {
        static final Built BUILT = Built.now();
    }
}
