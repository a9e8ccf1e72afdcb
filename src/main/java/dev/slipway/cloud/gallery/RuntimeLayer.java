package dev.slipway.cloud.gallery;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The base layer: a small Java runtime cut from the running JDK, the shared libraries of this machine that it needs, and little else. */
final class RuntimeLayer {
    /** Changes whenever what is written here changes, so that an older cached layer is not taken. */
    private static final String FORMAT = "1";

    private static final String STAGING = "staging";

    private static final String USERS =
            "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/tmp:/sbin/nologin\n";
    private static final String GROUPS = "root:x:0:\nnobody:x:65534:\n";

    private RuntimeLayer() {}

    /** What is remembered of a built layer, beside its blob. */
    record Built(String digest, String diffId, long size) {}

    static BlobDirectory.Layer build(Path workDirectory, BlobDirectory blobs) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        Path record = workDirectory.resolve("runtime-" + key(home) + ".json");
        ObjectMapper json = new ObjectMapper();
        if (Files.exists(record)) {
            Built built = json.readValue(record.toFile(), Built.class);
            Digest digest = Digest.parse(built.digest());
            if (Files.exists(blobs.path(digest)) && Files.size(blobs.path(digest)) == built.size()) {
                return new BlobDirectory.Layer(
                        new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest, built.size()), Digest.parse(built.diffId()));
            }
        }
        forgetUnfinished(workDirectory);
        Path staging = Files.createTempDirectory(workDirectory, STAGING);
        try {
            Path runtime = SmallRuntime.make(home, staging);
            BlobDirectory.Layer layer = blobs.layer(tar -> write(tar, runtime));
            Path fresh = workDirectory.resolve(record.getFileName() + ".new");
            json.writeValue(
                    fresh.toFile(),
                    new Built(
                            layer.descriptor().digest().toString(),
                            layer.diffId().toString(),
                            layer.descriptor().size()));
            Files.move(fresh, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return layer;
        } finally {
            SmallRuntime.delete(staging);
        }
    }

    /** What a process that was killed left. A program that it started may still write there: then it is removed the next time. */
    private static void forgetUnfinished(Path workDirectory) throws IOException {
        try (DirectoryStream<Path> stagings = Files.newDirectoryStream(workDirectory, STAGING + "*")) {
            for (Path staging : stagings) {
                try {
                    SmallRuntime.delete(staging);
                } catch (IOException | UncheckedIOException stillWritten) {
                    continue;
                }
            }
        }
    }

    private static String key(Path home) {
        String jdk = String.join(
                "|",
                FORMAT,
                home.toString(),
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vendor.version", ""),
                System.getProperty("java.vm.vendor"));
        return Digest.of(jdk.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    }

    private static void write(TarWriter tar, Path runtime) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(runtime)) {
            all.filter(Files::isRegularFile).forEach(file -> files.put("opt/java/" + runtime.relativize(file), file));
        }
        SharedLibraries.of(runtime).forEach((place, file) -> files.put(place.substring(1), file));
        TreeSet<String> directories = new TreeSet<>();
        directories.add("etc");
        for (String name : files.keySet()) {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                directories.add(name.substring(0, slash));
            }
        }
        for (String directory : directories) {
            tar.directory(directory, 0755);
        }
        tar.directory("tmp", 01777);
        tar.file("etc/passwd", 0644, USERS.getBytes(StandardCharsets.US_ASCII));
        tar.file("etc/group", 0644, GROUPS.getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            boolean program =
                    Files.isExecutable(file.getValue()) || file.getKey().endsWith(".so");
            tar.file(file.getKey(), program ? 0755 : 0644, file.getValue());
        }
    }
}
