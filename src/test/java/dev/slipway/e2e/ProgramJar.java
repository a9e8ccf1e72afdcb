package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program's jar as Maven would build it, made without Maven, so that no build of this checkout ends up in the user's Maven repository. */
final class ProgramJar {
    private ProgramJar() {}

    /** Compiles a source tree; the jar names this checkout's jar and its libraries as its class path, so {@code java -jar} runs it. */
    static void of(Path sources, String mainClass, Path jar) throws IOException {
        Path classes = Files.createDirectories(jar.resolveSibling("classes"));
        compile(sources, classes);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        classPath().stream().map(Path::toUri).map(URI::toString).collect(Collectors.joining(" ")));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        String libraries = classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> arguments = Stream.concat(
                            Stream.of("-d", classes.toString(), "-cp", libraries),
                            files.map(Path::toString).filter(file -> file.endsWith(".java")))
                    .toList();
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                    .isZero();
        }
    }

    private static List<Path> classPath() throws IOException {
        try (Stream<Path> libraries = Files.list(Launcher.ROOT.resolve("target/lib"))) {
            return Stream.concat(Stream.of(Launcher.ROOT.resolve("target/slipway.jar")), libraries)
                    .toList();
        }
    }
}
