package dev.slipway.cloud;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashSet;
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

    /** @param args the data directory */
    public static void main(String[] args) throws Exception {
        var options =
                new CloudOptions(Path.of(args[0]), 0, false, "namespaces", InstantSource.system(), new SecureRandom());
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
