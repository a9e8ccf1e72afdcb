package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Cuts a Java runtime with an HTTP server and little else from a JDK. */
final class SmallRuntime {
    private static final List<String> SUPERFLUOUS =
            List.of("legal", "lib/jexec", "lib/jrt-fs.jar", "bin/keytool", "bin/jrunscript", "release", "lib/src.zip");

    private SmallRuntime() {}

    /** @return the runtime's home, inside {@code staging} */
    static Path make(Path home, Path staging) throws IOException {
        Path runtime = staging.resolve("java");
        try {
            link(home, runtime);
        } catch (IOException e) {
            // A JDK without the tool or without its module files: its own runtime is larger, but the same.
            delete(runtime);
            copy(home, runtime);
        }
        for (String name : SUPERFLUOUS) {
            delete(runtime.resolve(name));
        }
        // Shared class data remembers the modules file's time, which the layer sets to the same.
        try (Stream<Path> all = Files.walk(runtime)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(TarWriter.TIME, TimeUnit.SECONDS));
            }
        }
        Tool.run(
                "dump shared class data",
                runtime,
                runtime.resolve("bin/java").toString(),
                "-Xshare:dump",
                "-XX:SharedArchiveFile=lib/server/classes.jsa");
        return runtime;
    }

    private static void link(Path home, Path runtime) throws IOException {
        Path tool = home.resolve("bin/jlink");
        if (!Files.isExecutable(tool)) {
            throw new IOException(home + " has no jlink");
        }
        Tool.run(
                "cut a runtime from " + home,
                home,
                tool.toString(),
                "-J-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "--add-modules",
                "java.base,jdk.httpserver",
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                runtime.toString());
    }

    private static void copy(Path home, Path runtime) throws IOException {
        for (String name : List.of("bin/java", "lib/modules", "lib/jvm.cfg", "lib/classlist", "lib/tzdb.dat")) {
            copyOne(home.resolve(name), runtime.resolve(name));
        }
        for (String library : List.of("java", "jimage", "jli", "net", "nio", "verify", "zip", "extnet")) {
            Path file = home.resolve("lib/lib" + library + ".so");
            if (Files.exists(file)) {
                copyOne(file, runtime.resolve("lib/lib" + library + ".so"));
            }
        }
        copyOne(home.resolve("lib/server/libjvm.so"), runtime.resolve("lib/server/libjvm.so"));
        for (String tree : List.of("conf", "lib/security")) {
            Path from = home.resolve(tree).toRealPath();
            try (Stream<Path> all = Files.walk(from, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    copyOne(
                            file,
                            runtime.resolve(tree).resolve(from.relativize(file).toString()));
                }
            }
        }
    }

    private static void copyOne(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
