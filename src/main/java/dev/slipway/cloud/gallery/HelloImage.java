package dev.slipway.cloud.gallery;

import dev.slipway.cloud.gallery.hello.Hello;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the hello image from the running JDK, without any network. */
public final class HelloImage {
    private static final String JAVA = "/opt/java/bin/java";
    private static final List<String> CLASSES = List.of("Hello", "Pages", "Pages$Answer");

    /** Within this process, where the lock of a file can't be waited for. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private HelloImage() {}

    /**
     * Builds the image, or finds it when it was built before from the same JDK and version. The layer with the Java runtime is the same for all
     * versions. The same JDK gives the same files, but for the class data archive, in which the JVM leaves traces of its own run; so two
     * directories hold two images that differ in their digests.
     *
     * @param workDirectory where the blobs are kept; made when missing. One build at a time per directory, also across processes
     * @param version what the application says of itself, for example {@code 1}
     * @throws IOException when the JDK can't be turned into an image, saying what is missing; or when the thread is interrupted, which ends
     *     the build at once and leaves nothing of it
     */
    public static BuiltImage build(Path workDirectory, String version) throws IOException {
        if (!version.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a version is 1 to 64 letters, digits, dots and dashes, not `" + version + "`");
        }
        Files.createDirectories(workDirectory);
        try {
            ONE_AT_A_TIME.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another hello image was made", e);
        }
        try (FileChannel lockFile =
                FileChannel.open(workDirectory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lockFile.lock(); // Closing the file releases it.
            return assemble(new BlobDirectory(workDirectory.resolve("blobs")), workDirectory, version);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static BuiltImage assemble(BlobDirectory blobs, Path workDirectory, String version) throws IOException {
        BlobDirectory.Layer runtime = RuntimeLayer.build(workDirectory, blobs);
        BlobDirectory.Layer application = blobs.layer(tar -> application(tar, version));
        ImageConfig config = new ImageConfig(
                "amd64",
                "linux",
                List.of(
                        JAVA,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        "/app",
                        Hello.class.getName()),
                List.of(),
                List.of("PATH=/opt/java/bin:/usr/bin:/bin", "JAVA_HOME=/opt/java", "LANG=C.UTF-8"),
                "nobody",
                "/app",
                List.of("8080/tcp"),
                "SIGTERM",
                List.of(runtime.diffId(), application.diffId()));
        byte[] configuration = config.toJson();
        Digest configDigest = blobs.put(configuration);
        Manifest manifest = new Manifest(
                MediaTypes.OCI_MANIFEST,
                new Descriptor(MediaTypes.OCI_CONFIG, configDigest, configuration.length),
                List.of(runtime.descriptor(), application.descriptor()));
        Map<Digest, Path> files = Map.of(
                configDigest,
                blobs.path(configDigest),
                runtime.descriptor().digest(),
                blobs.path(runtime.descriptor().digest()),
                application.descriptor().digest(),
                blobs.path(application.descriptor().digest()));
        return new BuiltImage(manifest.toJson(), MediaTypes.OCI_MANIFEST, files, config);
    }

    private static void application(TarWriter tar, String version) throws IOException {
        tar.directory("app", 0755);
        tar.file("app/VERSION", 0644, (version + "\n").getBytes(StandardCharsets.UTF_8));
        StringBuilder directory = new StringBuilder("app");
        for (String part : Hello.class.getPackageName().split("\\.")) {
            tar.directory(directory.append('/').append(part).toString(), 0755);
        }
        for (String name : CLASSES) {
            tar.file(directory + "/" + name + ".class", 0644, classFile(name));
        }
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = Hello.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IOException(
                        "the class " + name + " of the hello application is missing; build Slipway again");
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            in.transferTo(all);
            return all.toByteArray();
        }
    }
}
