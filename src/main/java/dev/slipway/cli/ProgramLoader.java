package dev.slipway.cli;

import dev.slipway.cli.project.Project;
import dev.slipway.engine.Program;
import dev.slipway.engine.program.ChildProgram;
import dev.slipway.engine.program.InProcessProgram;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Finds the program of a project: the main class of the jar that {@code runtime.options.binary} names, or what a build tool runs. A main class with
 * a {@code public static void stack(Context)} runs in this JVM, any other in a process of its own.
 */
final class ProgramLoader {
    private ProgramLoader() {}

    static Program load(Context context, Project project) {
        Optional<Path> binary = project.executor().isPresent() ? Optional.empty() : project.binary();
        if (binary.isEmpty()) {
            return new ChildProgram(
                    BuildTool.run(project), project.root(), BuildTool.environment(context.environment()));
        }
        Path jar = binary.get();
        ProgramBuild.ensure(context, project, jar);
        if (!Files.isRegularFile(jar)) {
            throw new Failure("the program " + jar + " is not there; build it first (`mvn package`)");
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String mainClass = main.getValue(Attributes.Name.MAIN_CLASS);
            if (mainClass == null) {
                throw new Failure("the program " + jar + " names no Main-Class in its manifest");
            }
            ClassLoader loader = loader(jar, main);
            return InProcessProgram.canRun(loader, mainClass)
                    ? new InProcessProgram(loader, mainClass)
                    : new ChildProgram(java(jar), project.root(), context.environment());
        } catch (IOException e) {
            throw new Failure("the program " + jar + " can't be read: " + e.getMessage());
        }
    }

    private static List<String> java(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildProgram.javaFlags());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** The program's own classes and libraries; what Slipway brings itself comes from Slipway, so that both see one Pulumi SDK. */
    private static ClassLoader loader(Path jar, Attributes main) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        urls.add(jar.toUri().toURL());
        String classPath = main.getValue(Attributes.Name.CLASS_PATH);
        for (String entry : classPath == null ? new String[0] : classPath.split(" ", -1)) {
            if (!entry.isBlank()) {
                urls.add(jar.toUri().resolve(entry).toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ProgramLoader.class.getClassLoader());
    }
}
