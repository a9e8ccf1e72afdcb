package dev.slipway.cli;

import dev.slipway.cli.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a build tool runs a program that is no jar yet: as {@code pulumi up} has it run. */
final class BuildTool {
    private BuildTool() {}

    /**
     * The command for the tool that the project names, or else for the one whose files it has.
     *
     * @throws Failure when there is none
     */
    static List<String> run(Project project) {
        String tool = project.executor().orElseGet(() -> found(project));
        String name = Path.of(tool).getFileName().toString().replaceFirst("\\.(?:cmd|bat)$", "");
        return switch (name) {
            case "mvn", "mvnw" ->
                List.of(
                        tool,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "--no-transfer-progress",
                        "compile",
                        "exec:java");
            case "gradle", "gradlew" -> List.of(tool, "run", "--console=plain", "--quiet");
            default ->
                throw new Failure(project.file()
                        + ": runtime.options.use-executor: expected mvn, mvnw, gradle or gradlew (or the path of one), got `"
                        + tool + "`");
        };
    }

    private static String found(Project project) {
        Path root = project.root();
        if (Files.exists(root.resolve("pom.xml"))) {
            return Files.isExecutable(root.resolve("mvnw")) ? "./mvnw" : "mvn";
        }
        if (Files.exists(root.resolve("build.gradle")) || Files.exists(root.resolve("build.gradle.kts"))) {
            return Files.isExecutable(root.resolve("gradlew")) ? "./gradlew" : "gradle";
        }
        throw new Failure(project.file() + ": there is no program: expected runtime.options.binary (the path of the"
                + " program's jar), or a pom.xml or build.gradle beside it, found none of them");
    }

    /** The tool runs the program in its own JVM, whose common pool must have two threads for the SDK to make progress. */
    static Map<String, String> environment(Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        String pool = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";
        environment.merge("MAVEN_OPTS", pool, (old, young) -> old.contains("ForkJoinPool") ? old : old + " " + young);
        return environment;
    }
}
