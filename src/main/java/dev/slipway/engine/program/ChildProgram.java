package dev.slipway.engine.program;

import com.google.gson.Gson;
import dev.slipway.engine.Program;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.protocol.Severity;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Any Pulumi Java program, in a process of its own: its {@code main} calls {@code Pulumi.run}, which finds this engine by environment
 * variables and speaks to it over gRPC, on loopback only. What it prints is told as information; when it fails, so is the end of what it wrote
 * to standard error. Several may run at once.
 */
public final class ChildProgram implements Program {
    private static final int MOST_BYTES = 400 * 1024 * 1024;
    private static final int MOST_LINES = 20;
    /** The SDK's word for: it failed, and an error has been logged. */
    private static final int LOGGED = 32;

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param command starts the program
     * @param directory where it runs
     * @param environment its environment variables; those by which it finds the engine come to them
     */
    public ChildProgram(List<String> command, Path directory, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** What to start a JVM for a program with: it is over before the second compiler is worth its start. */
    public static List<String> javaFlags() {
        return List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-D" + CommonPool.PROPERTY + "=" + CommonPool.threads());
    }

    @Override
    public void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed {
        var engine = new EngineService(monitor);
        var registrations = new MonitorService(new MonitorAnswers(info, monitor));
        Server server;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                    .maxInboundMessageSize(MOST_BYTES)
                    .addService(engine)
                    .addService(registrations)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new ProgramFailed("the engine can't listen for the program on 127.0.0.1: " + e.getMessage(), e);
        }
        try {
            judge(execute(info, "127.0.0.1:" + server.getPort(), monitor), engine, registrations);
        } finally {
            server.shutdownNow();
        }
    }

    /** How the process ended. */
    private record Ended(int code, String lastWords) {}

    private Ended execute(ProgramInfo info, String address, ResourceMonitor monitor) throws ProgramFailed {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(variables(info, address));
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new ProgramFailed("the program can't be started (`" + command.get(0) + "`): " + e.getMessage(), e);
        }
        try {
            Deque<String> last = new ArrayDeque<>();
            Thread out = reader(process.getInputStream(), line -> {
                remember(last, line);
                monitor.log(Severity.INFO, Optional.empty(), line, false);
            });
            Thread err = reader(process.getErrorStream(), line -> remember(last, line));
            int code = process.waitFor();
            out.join();
            err.join();
            synchronized (last) {
                return new Ended(code, String.join("\n", last));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramFailed("the program was stopped before its end", e);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        below.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                below.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void remember(Deque<String> last, String line) {
        if (line.startsWith("SLF4J: ") || line.isBlank()) {
            return;
        }
        synchronized (last) {
            last.add(line);
            if (last.size() > MOST_LINES) {
                last.remove();
            }
        }
    }

    private static Thread reader(InputStream stream, Consumer<String> each) {
        var thread = new Thread(
                () -> {
                    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(each);
                    } catch (IOException | java.io.UncheckedIOException e) {
                        // The process has ended.
                    }
                },
                "program output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Map<String, String> variables(ProgramInfo info, String address) {
        var json = new Gson();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PULUMI_MONITOR", address);
        variables.put("PULUMI_ENGINE", address);
        variables.put("PULUMI_ORGANIZATION", info.organization());
        variables.put("PULUMI_PROJECT", info.project());
        variables.put("PULUMI_STACK", info.stack());
        variables.put("PULUMI_ROOT_DIRECTORY", info.root().toString());
        variables.put("PULUMI_PWD", info.root().toString());
        variables.put("PULUMI_DRY_RUN", Boolean.toString(info.preview()));
        variables.put("PULUMI_CONFIG", json.toJson(info.config()));
        variables.put("PULUMI_CONFIG_SECRET_KEYS", json.toJson(new TreeSet<>(info.configSecretKeys())));
        return variables;
    }

    private void judge(Ended ended, EngineService engine, MonitorService registrations) throws ProgramFailed {
        if (ended.code() == 0 && engine.errors() == 0 && engine.crashes().isEmpty()) {
            return;
        }
        if (registrations.refused()) {
            String why = "the program ended early, because a resource failed";
            throw new ProgramFailed(why, new RegistrationFailed(why));
        }
        if (!engine.crashes().isEmpty()) {
            throw new ProgramFailed(String.join("\n", CrashReport.tell(engine.crashes())));
        }
        if (engine.errors() > 0) {
            throw new ProgramFailed(
                    "the program logged " + (engine.errors() == 1 ? "an error" : engine.errors() + " errors"));
        }
        String words = ended.lastWords().isEmpty() ? "" : "; its last lines were:\n" + ended.lastWords();
        throw new ProgramFailed(
                ended.code() == LOGGED
                        ? "the program ended with exit code 32, which says that it has told why" + words
                        : "the program ended with exit code " + ended.code() + words);
    }
}
