package dev.slipway.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts, finds and stops the one local cloud of a home. */
public final class LocalControl {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String LOOPBACK = "127.0.0.1";

    private final LocalHome home;
    private final LocalLauncher launcher;

    public LocalControl(LocalHome home, LocalLauncher launcher) {
        this.home = home;
        this.launcher = launcher;
    }

    /**
     * The running cloud; empty when none runs.
     *
     * @throws LocalFailure when one seems to run and nothing can be reached on loopback
     */
    public Optional<LocalProcess> running() {
        home.requireOpen();
        return LocalProcess.find(home).filter(process -> {
            boolean answers = answers(process);
            if (!answers && !loopbackIsUp()) {
                throw new LocalFailure("the local cloud can't be reached: no loopback interface with the address "
                        + LOOPBACK + " is up here; bring it up (`ip link set lo up`)");
            }
            return answers;
        });
    }

    /** The running cloud, started first when none runs. Two at once start one. */
    public LocalProcess ensure(LocalOptions options) {
        return running().orElseGet(() -> withLock(() -> running().orElseGet(() -> launch(options))));
    }

    /** Asks the cloud to end and waits until it has; false when none was running. */
    public boolean stop() {
        return withLock(this::stopNow);
    }

    private boolean stopNow() {
        Optional<ProcessHandle> process = LocalProcess.find(home).flatMap(LocalProcess::handle);
        process.ifPresent(this::end);
        try {
            Files.deleteIfExists(home.process());
        } catch (IOException e) {
            throw LocalFailure.of("can't delete " + home.process(), e);
        }
        return process.isPresent();
    }

    /** Stops the cloud and forgets everything that it remembered. */
    public void reset() {
        stop();
        withLock(() -> {
            delete(home.data());
            return true;
        });
    }

    private void end(ProcessHandle process) {
        process.destroy();
        // Not onExit(), which looks after another's child three times a second at most.
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + GONE.toNanos();
        try {
            while (!isOver(process) && System.nanoTime() < deadline) {
                never.await(5, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!isOver(process)) {
            throw new LocalFailure("the local cloud (process " + process.pid() + ") did not end within "
                    + GONE.toSeconds() + " s; its log is " + home.log());
        }
    }

    /** Also one that has ended and whose parent has not asked how: in a container often nobody ever does. */
    private static boolean isOver(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noLinuxOrGone) {
            return !process.isAlive();
        }
    }

    private LocalProcess launch(LocalOptions options) {
        long from = logSize();
        Process process = launcher.launch(home, options.preferring(home.port()));
        try {
            return awaitAnswer(process, from);
        } catch (LocalFailure e) {
            stopNow();
            throw e;
        }
    }

    private LocalProcess awaitAnswer(Process process, long from) {
        long deadline = System.nanoTime() + READY.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<LocalProcess> found = running();
            if (found.isPresent()) {
                return found.get();
            }
            if (waitFor(process) && LocalProcess.find(home).isEmpty()) {
                throw new LocalFailure(whyItEnded(logSince(from)));
            }
        }
        throw new LocalFailure(
                "the local cloud did not answer within " + READY.toSeconds() + " s; its log is " + home.log());
    }

    /** Its own last words when it knew why; else all that it said. */
    private static String whyItEnded(String said) {
        String last = said.substring(said.lastIndexOf('\n') + 1);
        return last.startsWith("error: ")
                ? last.substring("error: ".length())
                : "the local cloud ended while it started:\n" + said;
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted while the local cloud started");
        }
    }

    private long logSize() {
        try {
            return Files.exists(home.log()) ? Files.size(home.log()) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private String logSince(long from) {
        try {
            byte[] all = Files.readAllBytes(home.log());
            int start = (int) Math.min(from, all.length);
            return new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static boolean answers(LocalProcess process) {
        try {
            // The JDK's newer client would first read the machine's certificates, which takes longer than all the rest.
            var connection = (HttpURLConnection)
                    process.endpoint().resolve("/_slipway/health").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) ANSWER.toMillis());
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("\"pid\":" + process.pid());
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean loopbackIsUp() {
        try {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK));
            return loopback != null && loopback.isUp();
        } catch (IOException e) {
            return false;
        }
    }

    private <T> T withLock(java.util.function.Supplier<T> work) {
        home.make();
        try (FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            return work.get();
        } catch (IOException e) {
            throw LocalFailure.of("can't lock " + home.lock(), e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw LocalFailure.of("can't delete " + directory, e);
        }
    }
}
