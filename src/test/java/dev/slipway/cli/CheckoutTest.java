package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckoutTest {
    @TempDir
    private Path root;

    private boolean git(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void tellsTheCommitItsAuthorsAndWhatIsNotInIt() throws Exception {
        assumeTrue(git("init", "-b", "trunk"), "no git that knows `init -b`");
        assertThat(Checkout.around(root).facts()).isEqualTo(Map.of("git.dirty", "false"));
        assertThat(git("remote", "add", "origin", "https://me:word@github.com/owner/thing.git"))
                .isTrue();
        assertThat(git("commit", "--allow-empty", "-m", "The title\n\nand a body"))
                .isTrue();
        Path project = Files.createDirectories(root.resolve("deep/project"));
        Checkout clean = Checkout.around(project);
        assertThat(clean.title()).isEqualTo("The title");
        assertThat(clean.facts())
                .containsEntry("git.headName", "refs/heads/trunk")
                .containsEntry("git.author", "Ada")
                .containsEntry("git.committer.email", "ada@example.org")
                .containsEntry("git.dirty", "false")
                .containsEntry("vcs.root", "deep/project")
                .containsEntry("vcs.kind", "github.com")
                .containsEntry("vcs.owner", "owner")
                .containsEntry("vcs.repo", "thing");
        assertThat(clean.facts().get("git.head")).matches("[0-9a-f]{40}");
        Files.writeString(project.resolve("new"), "");
        assertThat(Checkout.around(project).facts()).containsEntry("git.dirty", "true");
    }

    @Test
    void tellsNothingWhereThereIsNone() {
        assertThat(Checkout.around(root).facts()).isEmpty();
        assertThat(Checkout.around(root).title()).isEmpty();
    }

    @Test
    void readsTheAddressesThatGitKnows() {
        var expected = Map.of("vcs.kind", "gitlab.com", "vcs.owner", "a", "vcs.repo", "b/c");
        assertThat(Checkout.repository("git@gitlab.com:a/b/c.git")).contains(expected);
        assertThat(Checkout.repository("ssh://git@gitlab.com:22/a/b/c")).contains(expected);
        assertThat(Checkout.repository("https://gitlab.com/a/b/c.git")).contains(expected);
        assertThat(Checkout.repository("/srv/git/c.git")).isEmpty();
        assertThat(Checkout.repository("https://not an address")).isEmpty();
    }
}
