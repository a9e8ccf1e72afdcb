package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every project in {@code templates/} deploys. Its program is compiled here instead of by Maven, so that no build of this checkout ends up in
 * the user's Maven repository.
 */
final class TemplateIT {
    @TempDir
    private Path directory;

    @Test
    void theJavaTemplateDeploysAnImage() throws IOException {
        Path template = Launcher.ROOT.resolve("templates/slipway-java");
        try (Launcher slipway = Launcher.in(directory)) {
            Path project = slipway.project();
            Files.delete(project.resolve("Pulumi.yaml"));
            Launcher.write(
                    project.resolve("Pulumi.yaml"),
                    Files.readString(template.resolve("Pulumi.yaml"))
                            .replace("${PROJECT}", "shop")
                            .replace("${DESCRIPTION}", "A shop"));
            Launcher.write(
                    project.resolve("Pulumi.dev.yaml"), "config:\n  shop:image: public.ecr.aws/slipway/hello:latest\n");
            jar(compile(template.resolve("src/main/java")), project.resolve("target/app.jar"), "app.App");

            slipway.run("up", "--yes", "-s", "dev").succeeded();
            assertThat(Launcher.get(slipway.output("dev", "url")).statusCode()).isEqualTo(200);
            slipway.run("destroy", "--yes", "-s", "dev").succeeded();
        }
    }

    private Path compile(Path sources) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> arguments = Stream.concat(
                            Stream.of("-d", classes.toString(), "-cp", classPath()),
                            files.map(Path::toString).filter(file -> file.endsWith(".java")))
                    .toList();
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                    .isZero();
        }
        return classes;
    }

    private static String classPath() throws IOException {
        try (Stream<Path> libraries = Files.list(Launcher.ROOT.resolve("target/lib"))) {
            return Stream.concat(Stream.of(Launcher.ROOT.resolve("target/slipway.jar")), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void jar(Path classes, Path jar, String mainClass) throws IOException {
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }
}
