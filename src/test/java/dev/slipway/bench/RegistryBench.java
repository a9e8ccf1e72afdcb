package dev.slipway.bench;

import dev.slipway.bench.Bench.Contender;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/** How fast a large layer goes into the local cloud's registry and out of it, beside Debian's {@code docker-registry}. Both verify digests. */
final class RegistryBench implements Benchmark {
    private static final int MIB = Integer.getInteger("slipway.bench.layer", 512);
    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        try (RegistryPeer ours = RegistryPeer.slipway(directory.resolve("ours"))) {
            Path layer = layer(directory.resolve("layer"));
            Bench bench = new Bench(out, 1, ROUNDS);
            if (!RegistryPeer.dockerIsThere()) {
                bench.peerAbsent("docker-registry");
                bench.alone("push of a layer of " + MIB + " MiB", "MiB/s", () -> push(ours, layer));
                bench.alone("pull of a layer of " + MIB + " MiB", "MiB/s", () -> pull(ours, layer));
                return;
            }
            try (RegistryPeer docker = RegistryPeer.docker(directory.resolve("docker"))) {
                bench.compare(
                        "push of a layer of " + MIB + " MiB",
                        "MiB/s",
                        new Contender("slipway", () -> push(ours, layer)),
                        new Contender("docker-registry", () -> push(docker, layer)));
                bench.compare(
                        "pull of a layer of " + MIB + " MiB",
                        "MiB/s",
                        new Contender("slipway", () -> pull(ours, layer)),
                        new Contender("docker-registry", () -> pull(docker, layer)));
            }
        } finally {
            delete(directory);
        }
    }

    private static double push(RegistryPeer peer, Path layer) throws IOException {
        // Another content each time, or a registry could find that it has it already.
        String digest = RegistryPeer.changed(layer);
        double seconds = peer.push(layer, digest);
        peer.drop(digest);
        return MIB / seconds;
    }

    private static double pull(RegistryPeer peer, Path layer) throws IOException {
        String digest = RegistryPeer.changed(layer);
        peer.push(layer, digest);
        double seconds = peer.pull(digest, Files.size(layer));
        peer.drop(digest);
        return MIB / seconds;
    }

    private static Path layer(Path file) throws IOException {
        Random random = new Random(1);
        byte[] block = new byte[1 << 20];
        try (var content = Files.newOutputStream(file)) {
            for (int i = 0; i < MIB; i++) {
                random.nextBytes(block);
                content.write(block);
            }
        }
        return file;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
