package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.project.Project;
import dev.slipway.engine.program.child.App;
import dev.slipway.testing.ClassPath;
import dev.slipway.testing.PulumiPlugins;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that were not written for Slipway: their main calls Pulumi.run, and nothing else is known of them. */
final class ForeignProgramIT {
    @TempDir
    private Path root;

    private CommandLineBench slipway;

    @BeforeEach
    void project() throws IOException {
        slipway = new CommandLineBench(root);
        slipway.environment.putAll(System.getenv());
        slipway.environment.put("PULUMI_HOME", root.resolve("home").toString());
        slipway.write("Pulumi.yaml", "name: app\nruntime: {name: java, options: {binary: program.jar}}\n");
        jar();
        slipway.run("stack", "init", "dev").well();
        slipway.run("config", "set", "slipway:endpoint", "aws").well();
    }

    private void jar() throws IOException {
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, App.class.getName());
        var classPath = new StringBuilder();
        for (String entry : ClassPath.text().split(File.pathSeparator)) {
            classPath.append(Path.of(entry).toUri()).append(' ');
        }
        main.put(Attributes.Name.CLASS_PATH, classPath.toString().strip());
        try (OutputStream file = Files.newOutputStream(root.resolve("program.jar"));
                var jar = new JarOutputStream(file, manifest)) {
            String entry = App.class.getName().replace('.', '/') + ".class";
            jar.putNextEntry(new JarEntry(entry));
            try (InputStream bytes = App.class.getClassLoader().getResourceAsStream(entry)) {
                bytes.transferTo(jar);
            }
            jar.closeEntry();
        }
    }

    @Test
    void isPreviewedDeployedAndDestroyed() throws IOException {
        slipway.run("config", "set", "what", "export").well();
        assertThat(slipway.run("up", "--yes", "--skip-preview").well().out())
                .contains("hello from", "greeting: \"hello, dev\"", "+ 1 created");
        assertThat(slipway.run("stack", "output", "greeting").well().out()).isEqualTo("hello, dev\n");
        assertThat(slipway.run("preview").well().out()).contains("1 unchanged");
        slipway.run("destroy", "--yes", "--skip-preview").well();
    }

    @Test
    void mayUseAPluginThatTheProjectNames() throws IOException {
        slipway.write(
                "Pulumi.yaml",
                "name: app\nruntime: {name: java, options: {binary: program.jar}}\n"
                        + "plugins: {providers: [{name: simple, path: " + PulumiPlugins.directory() + "}]}\n");
        slipway.run("config", "set", "what", "simple").well();
        assertThat(slipway.run("preview").well().out()).contains("simple:index:Resource theirs create");
        assertThat(slipway.run("up", "--yes", "--skip-preview").well().out()).contains("+ 2 created");
        assertThat(slipway.run("stack", "output", "id").well().out()).isEqualTo("id\n");
        assertThat(slipway.run("destroy", "--yes", "--skip-preview").well().out())
                .contains("- 2 deleted");
    }

    @Test
    void itsMistakeIsToldInWords() {
        slipway.run("config", "set", "what", "throw").well();
        CommandLineBench.Ran ran = slipway.run("up", "--yes", "--skip-preview");
        assertThat(ran.code()).isEqualTo(Failure.CODE);
        assertThat(ran.out() + ran.err())
                .contains("IllegalStateException: boom (at ", "App.java:")
                .doesNotContain("\tat ");
    }

    @Test
    void aBuildToolRunsWhatIsNoJar() throws IOException {
        slipway.write("Pulumi.yaml", "name: app\nruntime: java\n");
        assertThatThrownBy(() -> BuildTool.run(Project.find(root)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("runtime.options.binary")
                .hasMessageContaining("pom.xml");
        slipway.write("build.gradle.kts", "");
        assertThat(BuildTool.run(Project.find(root))).startsWith("gradle", "run");
        slipway.write("pom.xml", "");
        assertThat(BuildTool.run(Project.find(root))).startsWith("mvn").endsWith("compile", "exec:java");
        slipway.write("Pulumi.yaml", "name: app\nruntime: {name: java, options: {use-executor: ./tools/mvnw}}\n");
        assertThat(BuildTool.run(Project.find(root))).startsWith("./tools/mvnw");
        slipway.write("Pulumi.yaml", "name: app\nruntime: {name: java, options: {use-executor: ant}}\n");
        assertThatThrownBy(() -> BuildTool.run(Project.find(root))).hasMessageContaining("got `ant`");
        assertThat(BuildTool.environment(Map.of("MAVEN_OPTS", "-Xmx1g")).get("MAVEN_OPTS"))
                .startsWith("-Xmx1g -D")
                .contains("parallelism=2");
        assertThat(List.copyOf(BuildTool.environment(Map.of()).keySet())).containsExactly("MAVEN_OPTS");
    }
}
