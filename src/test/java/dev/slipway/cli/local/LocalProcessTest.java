package dev.slipway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalProcessTest {
    @TempDir
    private Path directory;

    @Test
    void isFoundWhileItLives() throws IOException {
        LocalHome home = new LocalHome(directory.resolve("home")).make();
        LocalProcess.current(4711, "build", false, List.of("containers: namespaces"))
                .write(home);
        assertThat(LocalProcess.find(home)).hasValueSatisfying(found -> {
            assertThat(found.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(found.endpoint()).hasToString("http://127.0.0.1:4711");
        });
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotIt() throws IOException {
        LocalHome home = new LocalHome(directory.resolve("home")).make();
        new LocalProcess(ProcessHandle.current().pid(), 1, 4711, "build", false, List.of("containers: namespaces"))
                .write(home);
        assertThat(LocalProcess.find(home)).isEmpty();
    }

    @Test
    void theLastPortIsPreferredUnlessAnotherIsAskedFor() throws IOException {
        LocalHome home = new LocalHome(directory.resolve("home")).make();
        LocalOptions usual = LocalOptions.of(Map.of());
        assertThat(usual.preferring(home.port())).isEqualTo(usual);
        LocalProcess.current(4711, "build", false, List.of("containers: namespaces"))
                .write(home);
        assertThat(usual.preferring(home.port())).isEqualTo(new LocalOptions(4711, true, "auto", "enforce", false));
        LocalOptions asked = new LocalOptions(5000, false, "auto", "enforce", false);
        assertThat(asked.preferring(home.port())).isEqualTo(asked);
    }

    @Test
    void aTornFileIsNoProcess() throws IOException {
        LocalHome home = new LocalHome(directory.resolve("home")).make();
        Files.writeString(home.process(), "{\"pid\":");
        assertThat(LocalProcess.find(home)).isEmpty();
    }

    @Test
    void theHomeIsPrivate() throws IOException {
        LocalHome home = new LocalHome(directory.resolve("home")).make();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void thePortComesFromTheEnvironment() {
        assertThat(LocalOptions.of(Map.of())).isEqualTo(new LocalOptions(4780, true, "auto", "enforce", false));
        assertThat(LocalOptions.of(Map.of("SLIPWAY_PORT", "0")))
                .isEqualTo(new LocalOptions(0, false, "auto", "enforce", false));
        assertThatThrownBy(() -> LocalOptions.of(Map.of("SLIPWAY_PORT", "70000")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("SLIPWAY_PORT: expected a port from 0 to 65535, got `70000`");
    }

    @Test
    void tlsComesFromTheEnvironmentAndReachesTheProcess() {
        LocalOptions secure = LocalOptions.of(Map.of("SLIPWAY_TLS", "on"));
        assertThat(secure.tls()).isTrue();
        assertThat(LocalOptions.ofWords(secure.words())).isEqualTo(secure);
        LocalOptions plain = LocalOptions.of(Map.of("SLIPWAY_TLS", "off"));
        assertThat(plain.tls()).isFalse();
        assertThat(LocalOptions.ofWords(plain.words())).isEqualTo(plain);
        assertThatThrownBy(() -> LocalOptions.of(Map.of("SLIPWAY_TLS", "maybe")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("SLIPWAY_TLS: expected on or off, got `maybe`");
        assertThat(LocalProcess.current(1, "build", true, List.of()).serviceScheme())
                .isEqualTo("https");
    }
}
