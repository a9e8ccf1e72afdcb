package dev.slipway.cloud;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A local cloud in a process of its own, to be killed. Says its port on standard output; ends in good order when its input does. */
final class ChildLocalCloud {
    private ChildLocalCloud() {}

    /** What this JVM's classes come from; the property of that name may be only a launcher's. */
    static String classPath() throws IOException {
        ClassLoader loader = ChildLocalCloud.class.getClassLoader();
        Set<String> entries = new LinkedHashSet<>();
        for (URL directory : Collections.list(loader.getResources(""))) {
            if (directory.getProtocol().equals("file")) {
                entries.add(Path.of(URI.create(directory.toString())).toString());
            }
        }
        for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            if (manifest.openConnection() instanceof JarURLConnection jar) {
                entries.add(Path.of(URI.create(jar.getJarFileURL().toString())).toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * A process that starts a cloud.
     *
     * @param port 0 for any
     * @param errors where its standard error goes
     */
    static Process process(Path data, int port, Path errors) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        ChildLocalCloud.class.getName(),
                        data.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }

    /** The port of a cloud, once it answers; ends the test when this machine gives no way to run containers. */
    static int port(Process process) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> seen = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        assumeTrue(seen.stream().noneMatch(text -> text.contains("gives no way to run containers")), seen.toString());
        throw new AssertionError("the cloud did not start: " + seen);
    }

    /** @param args the data directory, and the port */
    public static void main(String[] args) throws Exception {
        var options = new CloudOptions(
                Path.of(args[0]),
                Integer.parseInt(args[1]),
                false,
                "namespaces",
                InstantSource.system(),
                new SecureRandom());
        try (LocalCloud cloud = LocalCloud.start(options)) {
            System.out.println("port " + cloud.port());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        } catch (IOException e) {
            System.out.println("failed " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
