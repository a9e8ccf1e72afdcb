package dev.slipway.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** Packages from npm that tests use as independent witnesses; they are installed into the user's cache and never shipped. */
public final class NodePackages {
    private NodePackages() {}

    /**
     * A directory with a {@code package.json} beside which {@code require} finds the packages; empty when node or npm is missing or the
     * installation fails. Installs once per list of packages.
     *
     * @param name of the directory, for people
     * @param packages with exact versions: {@code name@1.2.3}
     */
    public static Optional<Path> install(String name, List<String> packages) throws IOException {
        if (Programs.find("node").isEmpty() || Programs.find("npm").isEmpty()) {
            return Optional.empty();
        }
        Path directory = cache().resolve(name + "-" + sum(packages));
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            Path done = directory.resolve("installed");
            if (!Files.exists(done)) {
                Files.writeString(directory.resolve("package.json"), "{\"private\": true}\n");
                if (!npm(directory, packages)) {
                    return Optional.empty();
                }
                Files.createFile(done);
            }
            return Optional.of(directory);
        }
    }

    private static boolean npm(Path directory, List<String> packages) throws IOException {
        var command = new ArrayList<>(List.of(
                "npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"));
        command.addAll(packages);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm.log").toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (process.waitFor(5, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private static Path cache() {
        String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return base.resolve("slipway-tests");
    }

    private static String sum(List<String> packages) {
        var sum = new CRC32();
        sum.update(String.join(" ", packages).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
