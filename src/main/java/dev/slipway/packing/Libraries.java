package dev.slipway.packing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Packs all libraries that Slipway runs with into one jar. The JVM opens every jar of a class path when it looks for something that is in none of
 * them, as every command does; a hundred jars are a tenth of a second. The build runs it: {@code Libraries DIRECTORY...}.
 */
public final class Libraries {
    /** The jar's name in each directory. */
    public static final String NAME = "slipway-libraries.jar";

    private Libraries() {}

    /**
     * Writes the jar into each directory and takes away any other jar that is there. A jar of the same libraries is left alone.
     *
     * @param directories where the jar is wanted
     * @throws IOException when a library can't be read
     */
    public static void main(String[] directories) throws IOException {
        pack(libraries(), Stream.of(directories).map(Path::of).toList());
    }

    static void pack(List<Path> libraries, List<Path> directories) throws IOException {
        String what = JarMerger.fingerprint(libraries);
        Optional<Path> done = Optional.empty();
        for (Path directory : directories) {
            Files.createDirectories(directory);
            Path jar = directory.resolve(NAME);
            if (!JarMerger.fingerprintOf(jar).equals(what)) {
                // A program that runs keeps the old file.
                Path fresh = directory.resolve(NAME + ".new");
                if (done.isPresent()) {
                    Files.copy(done.get(), fresh, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    new JarMerger(libraries).write(fresh, what);
                }
                Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            done = Optional.of(jar);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path other : files.filter(file -> !file.equals(jar)).toList()) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    /** The jars that the build gave this program to run with, in its order. */
    private static List<Path> libraries() {
        var jars = new ArrayList<Path>();
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader maven) {
            for (URL url : maven.getURLs()) {
                jars.add(Path.of(uri(url)));
            }
        } else {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                jars.add(Path.of(entry));
            }
        }
        jars.removeIf(entry -> !entry.toString().endsWith(".jar"));
        if (jars.isEmpty()) {
            throw new IllegalStateException("the class path of the build names no library");
        }
        return jars;
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
