package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.Leaks;
import dev.slipway.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same without any privilege, where the kernel lets an ordinary user make namespaces. */
final class OrdinaryUserIT {
    private static final String NOBODY = "65534";

    @Test
    void upRunsAsAnOrdinaryUser() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "the tests already run as an ordinary user, so every other test shows this");
        Programs.need("setpriv");
        List<String> nobody = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--");
        assumeTrue(works(nobody, "unshare", "-Urn", "true"), "this kernel lets no ordinary user make namespaces");
        Path directory = Files.createTempDirectory("slipway-nobody");
        try {
            // Whoever may write the checkout builds; the ordinary user only runs.
            assertThat(new ProcessBuilder(Launcher.ROOT.resolve("slipway").toString(), "--version")
                            .start()
                            .waitFor())
                    .isZero();
            assumeTrue(
                    works(
                                    nobody,
                                    "test",
                                    "-r",
                                    Launcher.ROOT
                                            .resolve("target/launcher/build")
                                            .toString())
                            && works(nobody, "test", "-x", Launcher.ROOT.toString()),
                    "an ordinary user can't read this checkout");
            try (Launcher slipway = Launcher.in(directory, nobody)) {
                own(directory);
                slipway.run("up", "--yes").succeeded();
                assertThat(Launcher.get(slipway.output("local", "url")).statusCode())
                        .isEqualTo(200);
                slipway.run("destroy", "--yes").succeeded();
                slipway.run("local", "stop").succeeded();
            }
            assertThat(Leaks.of(directory).processes()).isEmpty();
        } finally {
            new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
        }
    }

    private static boolean works(List<String> prefix, String... command) throws IOException, InterruptedException {
        var whole = new java.util.ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole).start().waitFor() == 0;
    }

    private static void own(Path directory) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                if (Files.isDirectory(file)) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        assertThat(new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, directory.toString())
                        .start()
                        .waitFor())
                .isZero();
    }
}
