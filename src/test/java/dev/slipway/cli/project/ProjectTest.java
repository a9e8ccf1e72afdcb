package dev.slipway.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectTest {
    @TempDir
    private Path root;

    @Test
    void isFoundFromADirectoryBelow() throws IOException {
        Path below = Files.createDirectories(root.resolve("src/main"));
        write("name: shop\nruntime: java\n");
        Project project = Project.find(below);
        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.root()).isEqualTo(root);
        assertThat(project.stackFile("dev")).isEqualTo(root.resolve("Pulumi.dev.yaml"));
        assertThat(project.declared()).isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnce() throws IOException {
        write("name: 'no spaces please'\nruntime: python\n");
        assertThatThrownBy(() -> Project.find(root))
                .isInstanceOf(ProjectProblem.class)
                .hasMessageContaining("name: expected")
                .hasMessageContaining("runtime: slipway runs `java` programs, got `python`");
    }

    @Test
    void aNameThatIsMissingIsToldSo() throws IOException {
        write("nme: shop\nruntime: java\n");
        assertThatThrownBy(() -> Project.find(root)).hasMessageContaining("name: expected", "there is no `name`");
    }

    @Test
    void aListAtTheTopIsNoProject() throws IOException {
        write("- name: x\n");
        assertThatThrownBy(() -> Project.find(root)).hasMessageContaining("expected keys and values at the top");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(root.resolve("Pulumi.yaml"), yaml);
    }
}
