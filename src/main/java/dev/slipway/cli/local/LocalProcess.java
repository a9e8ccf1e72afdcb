package dev.slipway.cli.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A running local cloud, as it wrote itself down.
 *
 * @param started the process's start in milliseconds of the epoch; with the pid it names one process for ever
 * @param port on 127.0.0.1
 * @param build which build of Slipway it is
 * @param tls whether services answer HTTPS
 * @param notices what a person should know of it, a line each: how containers run, what is enforced and what is not
 */
public record LocalProcess(long pid, long started, int port, String build, boolean tls, List<String> notices) {
    private static final JsonMapper JSON = new JsonMapper();

    public LocalProcess {
        notices = List.copyOf(notices);
    }

    /** The address of the control API and the registry. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The scheme of the services' URLs. */
    public String serviceScheme() {
        return tls ? "https" : "http";
    }

    /** This very process, serving on {@code port}. */
    public static LocalProcess current(int port, String build, boolean tls, List<String> notices) {
        ProcessHandle self = ProcessHandle.current();
        return new LocalProcess(self.pid(), startOf(self), port, build, tls, notices);
    }

    /** Writes this down as the home's running cloud; atomic. */
    public void write(LocalHome home) throws IOException {
        Path next = home.directory().resolve("local.json.next");
        Files.write(next, JSON.writeValueAsBytes(this));
        Files.move(next, home.process(), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(home.port(), port + "\n");
    }

    /** The home's cloud, when its process lives. */
    static Optional<LocalProcess> find(LocalHome home) {
        try {
            if (!Files.exists(home.process())) {
                return Optional.empty();
            }
            LocalProcess written = JSON.readValue(home.process().toFile(), LocalProcess.class);
            return written.handle().map(handle -> written);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The process itself; empty when it has ended, also when its pid belongs to another process by now. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle) == started);
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
