package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Drives the launcher at the top of the repository as a person would: own home, own project directory, any free port. */
final class Launcher implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path home;
    private final Path project;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> prefix;

    private Launcher(Path home, Path project, List<String> prefix) {
        this.home = home;
        this.project = project;
        this.prefix = prefix;
        environment.put("SLIPWAY_HOME", home.toString());
        environment.put("SLIPWAY_PORT", "0");
        environment.put("SLIPWAY_CACHE", ROOT.resolve("target/plugin-cache").toString());
    }

    /** A launcher with an empty home and a copy of the repository's own project, both below {@code directory}, with names that people have. */
    static Launcher in(Path directory) {
        return in(directory, List.of());
    }

    /** The same, with every command run by {@code prefix}, for example as another user. */
    static Launcher in(Path directory, List<String> prefix) {
        Path project = directory.resolve("a project");
        copyProject(project);
        return new Launcher(directory.resolve("a home, mine"), project, prefix);
    }

    /** Another project directory that uses the same home. */
    Launcher another(Path directory) {
        copyProject(directory);
        var other = new Launcher(home, directory, prefix);
        other.environment.putAll(environment);
        return other;
    }

    Launcher with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return home;
    }

    Path project() {
        return project;
    }

    Path stackFile(String stack) {
        return project.resolve("stacks/Pulumi." + stack + ".yaml");
    }

    /** Replaces a stack's file. */
    Launcher stack(String stack, String yaml) {
        write(stackFile(stack), yaml);
        return this;
    }

    Result run(String... arguments) {
        return start(arguments).join();
    }

    CompletableFuture<Result> start(String... arguments) {
        return execute(command(arguments));
    }

    /** Runs any program with this launcher's environment, in the project directory. */
    Result program(String... command) {
        return execute(List.of(command)).join();
    }

    /**
     * Runs {@code ./slipway}, and interrupts it as a person does with ^C.
     *
     * @param signs words that are waited for one after the other, in output and errors alike; each brings one ^C
     */
    Result interrupted(List<String> signs, String... arguments) {
        return programInterrupted(signs, command(arguments).toArray(String[]::new));
    }

    /** The same with any program. */
    Result programInterrupted(List<String> signs, String... command) {
        // A terminal interrupts all processes of its foreground group; so the program gets a group of its own.
        var alone = new ArrayList<>(List.of("setsid"));
        alone.addAll(List.of(command));
        return execute(alone, signs).join();
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(ROOT.resolve("slipway").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private CompletableFuture<Result> execute(List<String> command) {
        return execute(command, List.of());
    }

    private CompletableFuture<Result> execute(List<String> command, List<String> signs) {
        try {
            var builder = new ProcessBuilder(command).directory(project.toFile());
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            var interrupts = new Interrupts(process, signs);
            var out = read(process.inputReader(StandardCharsets.UTF_8), interrupts);
            var err = read(process.errorReader(StandardCharsets.UTF_8), interrupts);
            return CompletableFuture.supplyAsync(() -> {
                try {
                    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                        throw new AssertionError(command + " did not end: " + out.join() + err.join());
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new Result(
                        command,
                        process.exitValue(),
                        out.join(),
                        err.join(),
                        Duration.ofNanos(System.nanoTime() - begin));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<String> read(BufferedReader lines, Interrupts interrupts) {
        return CompletableFuture.supplyAsync(() -> {
            var all = new StringBuilder();
            try (lines) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    all.append(line).append('\n');
                    interrupts.saw(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return all.toString();
        });
    }

    /** Interrupts a process and all of its group each time the next of some signs is seen. */
    private static final class Interrupts {
        private final Process process;
        private final Deque<String> signs;

        Interrupts(Process process, List<String> signs) {
            this.process = process;
            this.signs = new ArrayDeque<>(signs);
        }

        synchronized void saw(String line) throws IOException {
            if (!signs.isEmpty() && line.contains(signs.peek())) {
                signs.remove();
                new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start();
            }
        }
    }

    /** The address of this launcher's local cloud. */
    String endpoint() {
        String status = run("local", "status").succeeded().out();
        return status.lines()
                .filter(line -> line.contains("endpoint"))
                .map(line -> line.replaceAll(".*(http://\\S+).*", "$1"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no endpoint in: " + status));
    }

    /** One output of a stack. */
    String output(String stack, String name) {
        return run("stack", "output", name, "-s", stack).succeeded().out().strip();
    }

    /** GET with redirects off; a new connection each time. */
    static HttpResponse<String> get(String url) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + url, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("local", "stop");
    }

    private static void copyProject(Path to) {
        try {
            Files.createDirectories(to.resolve("stacks"));
            String yaml = Files.readString(ROOT.resolve("Pulumi.yaml"));
            Files.writeString(
                    to.resolve("Pulumi.yaml"), yaml.replace(": target/", ": " + ROOT.resolve("target") + "/"));
            try (Stream<Path> stacks = Files.list(ROOT.resolve("stacks"))) {
                for (Path stack : stacks.toList()) {
                    Files.copy(stack, to.resolve("stacks").resolve(stack.getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended and what it printed. */
    record Result(List<String> command, int code, String out, String err, Duration took) {
        Result succeeded() {
            assertThat(code).as(toString()).isZero();
            return this;
        }

        /** A failure that a person can use: exit code 1 or 255, no stack trace. */
        Result failed() {
            assertThat(code).as(toString()).isIn(1, 255);
            assertThat(out + err)
                    .as("no stack trace")
                    .doesNotContain("\tat ")
                    .doesNotContain("Exception in thread")
                    .doesNotContain("defect in slipway");
            return this;
        }

        String all() {
            return out + err;
        }

        @Override
        public String toString() {
            return String.join(" ", command) + " -> " + code + " in " + took.toMillis() + " ms\n" + out + err;
        }
    }
}
