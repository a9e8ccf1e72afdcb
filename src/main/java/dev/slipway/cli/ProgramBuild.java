package dev.slipway.cli;

import dev.slipway.cli.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** Builds a project's program with Maven when it was never built, or its sources changed since: as {@code pulumi up} does. */
final class ProgramBuild {
    private final Context context;
    private final Project project;

    private ProgramBuild(Context context, Project project) {
        this.context = context;
        this.project = project;
    }

    /** Does nothing for a project without a {@code pom.xml}, or whose {@code jar} is newer than everything it is made from. */
    static void ensure(Context context, Project project, Path jar) {
        var build = new ProgramBuild(context, project);
        if (Files.isRegularFile(project.root().resolve("pom.xml")) && build.stale(jar)) {
            build.run();
        }
    }

    private boolean stale(Path jar) {
        try {
            if (!Files.isRegularFile(jar)) {
                return true;
            }
            FileTime built = Files.getLastModifiedTime(jar);
            for (Path source :
                    List.of(project.root().resolve("pom.xml"), project.root().resolve("src/main"))) {
                if (Files.exists(source) && newerThan(built, source)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new Failure("can't look at the program's sources: " + e.getMessage());
        }
    }

    private static boolean newerThan(FileTime built, Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private void run() {
        context.terminal().err().println("Building the program...");
        try {
            Process maven = new ProcessBuilder("mvn", "--batch-mode", "--no-transfer-progress", "-q", "package")
                    .directory(project.root().toFile())
                    .redirectErrorStream(true)
                    .start();
            maven.getOutputStream().close();
            String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0) {
                throw new Failure("the program could not be built (`mvn package` in " + project.root() + "):\n"
                        + said.lines().limit(30).reduce("", (all, line) -> all + "  " + line + "\n"));
            }
        } catch (IOException e) {
            throw new Failure("the program could not be built: " + e.getMessage() + "; install Maven, or build "
                    + project.root() + " by hand");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while the program was built");
        }
    }
}
