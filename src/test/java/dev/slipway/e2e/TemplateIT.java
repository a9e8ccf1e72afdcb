package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Launcher.write(project.resolve("Pulumi.yaml"), projectFile(template));
            Launcher.write(
                    project.resolve("Pulumi.dev.yaml"), "config:\n  shop:image: public.ecr.aws/slipway/hello:latest\n");
            ProgramJar.of(template.resolve("src/main/java"), "app.App", project.resolve("target/app.jar"));

            slipway.run("up", "--yes", "-s", "dev").succeeded();
            assertThat(Launcher.get(slipway.output("dev", "url")).statusCode()).isEqualTo(200);
            slipway.run("destroy", "--yes", "-s", "dev").succeeded();
        }
    }

    /** The template's project file with its blanks filled in: the project {@code shop}. */
    static String projectFile(Path template) throws IOException {
        return Files.readString(template.resolve("Pulumi.yaml"))
                .replace("${PROJECT}", "shop")
                .replace("${DESCRIPTION}", "A shop");
    }
}
